CREATE TABLE public.acts (
    number integer NOT NULL,
    person text NOT NULL,
    did text NOT NULL,
    about text NOT NULL,
    at timestamp with time zone NOT NULL,
    result text NOT NULL
);
CREATE SEQUENCE public.acts_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.acts_number_seq OWNED BY public.acts.number;
CREATE TABLE public.answers (
    number integer NOT NULL,
    id text NOT NULL,
    inquiry text NOT NULL,
    edition integer NOT NULL,
    words text NOT NULL,
    history json NOT NULL,
    wanted text NOT NULL,
    reason text,
    note text NOT NULL,
    withheld integer NOT NULL,
    index_version text NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    writer text NOT NULL,
    milliseconds integer NOT NULL,
    confidence double precision NOT NULL
);
CREATE SEQUENCE public.answers_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.answers_number_seq OWNED BY public.answers.number;
CREATE TABLE public.citations (
    number integer NOT NULL,
    answer text NOT NULL,
    statement integer,
    document text NOT NULL,
    version text NOT NULL,
    title text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    quote text NOT NULL,
    page integer,
    url text
);
CREATE SEQUENCE public.citations_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.citations_number_seq OWNED BY public.citations.number;
CREATE TABLE public.feedback (
    number integer NOT NULL,
    answer text NOT NULL,
    person text NOT NULL,
    opinion text NOT NULL,
    at timestamp with time zone NOT NULL,
    fault text,
    comment text NOT NULL
);
CREATE SEQUENCE public.feedback_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.feedback_number_seq OWNED BY public.feedback.number;
CREATE TABLE public.help_requests (
    number integer NOT NULL,
    answer text NOT NULL,
    id text NOT NULL,
    person text NOT NULL,
    at timestamp with time zone NOT NULL,
    channel text,
    ts text,
    resolved_by text
);
CREATE SEQUENCE public.help_requests_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.help_requests_number_seq OWNED BY public.help_requests.number;
CREATE TABLE public.inquiries (
    number integer NOT NULL,
    id text NOT NULL,
    surface text NOT NULL,
    team text NOT NULL,
    channel text NOT NULL,
    thread text NOT NULL,
    message text NOT NULL,
    person text NOT NULL,
    words text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    history json NOT NULL,
    private boolean NOT NULL,
    reply_to text NOT NULL,
    state text NOT NULL,
    edition integer NOT NULL,
    attempt integer NOT NULL,
    worker text,
    lease_until timestamp with time zone
);
CREATE SEQUENCE public.inquiries_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.inquiries_number_seq OWNED BY public.inquiries.number;
CREATE TABLE public.ledger_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.marks (
    name text NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.mutes (
    team text NOT NULL,
    channel text NOT NULL,
    thread text NOT NULL,
    person text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.posts (
    number integer NOT NULL,
    answer text NOT NULL,
    channel text NOT NULL,
    ts text NOT NULL
);
CREATE SEQUENCE public.posts_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.posts_number_seq OWNED BY public.posts.number;
CREATE TABLE public.statements (
    number integer NOT NULL,
    answer text NOT NULL,
    ordinal integer NOT NULL,
    text text NOT NULL,
    status text
);
CREATE SEQUENCE public.statements_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.statements_number_seq OWNED BY public.statements.number;
ALTER TABLE ONLY public.acts ALTER COLUMN number SET DEFAULT nextval('public.acts_number_seq'::regclass);
ALTER TABLE ONLY public.answers ALTER COLUMN number SET DEFAULT nextval('public.answers_number_seq'::regclass);
ALTER TABLE ONLY public.citations ALTER COLUMN number SET DEFAULT nextval('public.citations_number_seq'::regclass);
ALTER TABLE ONLY public.feedback ALTER COLUMN number SET DEFAULT nextval('public.feedback_number_seq'::regclass);
ALTER TABLE ONLY public.help_requests ALTER COLUMN number SET DEFAULT nextval('public.help_requests_number_seq'::regclass);
ALTER TABLE ONLY public.inquiries ALTER COLUMN number SET DEFAULT nextval('public.inquiries_number_seq'::regclass);
ALTER TABLE ONLY public.posts ALTER COLUMN number SET DEFAULT nextval('public.posts_number_seq'::regclass);
ALTER TABLE ONLY public.statements ALTER COLUMN number SET DEFAULT nextval('public.statements_number_seq'::regclass);
INSERT INTO public.acts VALUES (1, 'U1', 'reindex', 'corpus', '2026-11-02 09:00:00.25+00', '1 added');
INSERT INTO public.answers VALUES (1, 'answer-1', 'inquiry-1', 1, 'Was recommendation 5 accepted?', '["Which report?"]', 'status', NULL, 'It''s from 2025.', 1, '3-0a1b2c3d', '2026-11-02 09:01:00.25+00', 'quoting', 41, 0.75);
INSERT INTO public.answers VALUES (2, 'answer-2', 'inquiry-2', 1, 'When is it due? 🕰', '[]', 'deadline', 'document_silent', '', 0, '', '2026-11-02 09:02:00.25+00', 'quoting', 0, 0);
INSERT INTO public.citations VALUES (1, 'answer-1', 0, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', 3, 'https://pcc.borsetshire.example/5');
INSERT INTO public.citations VALUES (2, 'answer-2', NULL, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', NULL, NULL);
INSERT INTO public.feedback VALUES (1, 'answer-1', 'U1', 'bad', '2026-11-02 09:02:00.25+00', 'out_of_date', 'There''s a newer one.');
INSERT INTO public.help_requests VALUES (1, 'answer-2', 'help-1', 'U1', '2026-11-02 09:03:00.25+00', 'C9', '17.9', NULL);
INSERT INTO public.inquiries VALUES (1, 'inquiry-1', 'slack', 'T1', 'C1', '17.1', '17.1', 'U1', 'Was recommendation 5 accepted?', '2026-11-02 09:00:00.25+00', '["Which report?"]', false, '', 'answered', 1, 1, NULL, NULL);
INSERT INTO public.inquiries VALUES (2, 'inquiry-2', 'slack', 'T1', 'C1', '17.1', '17.2', 'U1', 'When is it due? 🕰', '2026-11-02 09:01:00.25+00', '[]', true, 'https://hooks.example/2', 'working', 1, 1, 'worker-2', '2026-11-02 09:01:00.25+00');
INSERT INTO public.ledger_version VALUES ('0001');
INSERT INTO public.marks VALUES ('digest', '2026-11-02');
INSERT INTO public.mutes VALUES ('T1', 'C1', '17.1', 'U1', '2026-11-02 09:00:00.25+00');
INSERT INTO public.posts VALUES (1, 'answer-1', 'C1', '17.3');
INSERT INTO public.statements VALUES (1, 'answer-1', 0, 'Accepted, the commissioner says:', 'accepted');
SELECT pg_catalog.setval('public.acts_number_seq', 1, true);
SELECT pg_catalog.setval('public.answers_number_seq', 2, true);
SELECT pg_catalog.setval('public.citations_number_seq', 2, true);
SELECT pg_catalog.setval('public.feedback_number_seq', 1, true);
SELECT pg_catalog.setval('public.help_requests_number_seq', 1, true);
SELECT pg_catalog.setval('public.inquiries_number_seq', 2, true);
SELECT pg_catalog.setval('public.posts_number_seq', 1, true);
SELECT pg_catalog.setval('public.statements_number_seq', 1, true);
ALTER TABLE ONLY public.acts
    ADD CONSTRAINT acts_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_id_key UNIQUE (id);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.citations
    ADD CONSTRAINT citations_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT feedback_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.help_requests
    ADD CONSTRAINT help_requests_id_key UNIQUE (id);
ALTER TABLE ONLY public.help_requests
    ADD CONSTRAINT help_requests_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.inquiries
    ADD CONSTRAINT inquiries_id_key UNIQUE (id);
ALTER TABLE ONLY public.inquiries
    ADD CONSTRAINT inquiries_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.ledger_version
    ADD CONSTRAINT ledger_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.mutes
    ADD CONSTRAINT mutes_pkey PRIMARY KEY (team, channel, thread);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT one_answer_an_edition UNIQUE (inquiry, edition);
ALTER TABLE ONLY public.inquiries
    ADD CONSTRAINT one_inquiry_a_place UNIQUE (surface, team, channel, message);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT one_opinion_a_person UNIQUE (answer, person);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT one_post_a_message UNIQUE (answer, channel, ts);
ALTER TABLE ONLY public.statements
    ADD CONSTRAINT one_statement_a_place UNIQUE (answer, ordinal);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.statements
    ADD CONSTRAINT statements_pkey PRIMARY KEY (number);
CREATE INDEX citations_by_answer ON public.citations USING btree (answer);
CREATE INDEX citations_by_version ON public.citations USING btree (document, version);
CREATE INDEX inquiries_by_person ON public.inquiries USING btree (team, person, asked_at);
CREATE INDEX inquiries_by_state ON public.inquiries USING btree (state, asked_at);
CREATE INDEX inquiries_by_thread ON public.inquiries USING btree (team, channel, thread);
CREATE UNIQUE INDEX one_open_request_an_answer ON public.help_requests USING btree (answer) WHERE (resolved_by IS NULL);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_inquiry_fkey FOREIGN KEY (inquiry) REFERENCES public.inquiries(id);
ALTER TABLE ONLY public.citations
    ADD CONSTRAINT citations_answer_fkey FOREIGN KEY (answer) REFERENCES public.answers(id);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT feedback_answer_fkey FOREIGN KEY (answer) REFERENCES public.answers(id);
ALTER TABLE ONLY public.help_requests
    ADD CONSTRAINT help_requests_answer_fkey FOREIGN KEY (answer) REFERENCES public.answers(id);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_answer_fkey FOREIGN KEY (answer) REFERENCES public.answers(id);
ALTER TABLE ONLY public.statements
    ADD CONSTRAINT statements_answer_fkey FOREIGN KEY (answer) REFERENCES public.answers(id);
