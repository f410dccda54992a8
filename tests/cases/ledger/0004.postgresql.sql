CREATE TABLE acts (
    number integer NOT NULL,
    person text NOT NULL,
    did text NOT NULL,
    about text NOT NULL,
    at timestamp with time zone NOT NULL,
    result text NOT NULL
);
CREATE SEQUENCE acts_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE acts_number_seq OWNED BY acts.number;
CREATE TABLE answers (
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
    confidence double precision NOT NULL,
    endorsed_by text,
    endorsed_at timestamp with time zone,
    tokens_read integer DEFAULT 0 NOT NULL,
    tokens_written integer DEFAULT 0 NOT NULL,
    model_milliseconds integer DEFAULT 0 NOT NULL,
    verdict text DEFAULT ''::text NOT NULL
);
CREATE SEQUENCE answers_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE answers_number_seq OWNED BY answers.number;
CREATE TABLE approvals (
    number integer NOT NULL,
    verdict text NOT NULL,
    answer text NOT NULL,
    key text NOT NULL,
    reviewer text NOT NULL,
    at timestamp with time zone NOT NULL,
    basis text NOT NULL,
    lapsed_at timestamp with time zone,
    lapse text NOT NULL
);
CREATE SEQUENCE approvals_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE approvals_number_seq OWNED BY approvals.number;
CREATE TABLE citations (
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
CREATE SEQUENCE citations_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE citations_number_seq OWNED BY citations.number;
CREATE TABLE feedback (
    number integer NOT NULL,
    answer text NOT NULL,
    person text NOT NULL,
    opinion text NOT NULL,
    at timestamp with time zone NOT NULL,
    fault text,
    comment text NOT NULL
);
CREATE SEQUENCE feedback_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE feedback_number_seq OWNED BY feedback.number;
CREATE TABLE help_requests (
    number integer NOT NULL,
    answer text NOT NULL,
    id text NOT NULL,
    person text NOT NULL,
    at timestamp with time zone NOT NULL,
    channel text,
    ts text,
    resolved_by text
);
CREATE SEQUENCE help_requests_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE help_requests_number_seq OWNED BY help_requests.number;
CREATE TABLE inquiries (
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
CREATE SEQUENCE inquiries_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE inquiries_number_seq OWNED BY inquiries.number;
CREATE TABLE ledger_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE marks (
    name text NOT NULL,
    value text NOT NULL
);
CREATE TABLE mutes (
    team text NOT NULL,
    channel text NOT NULL,
    thread text NOT NULL,
    person text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE posts (
    number integer NOT NULL,
    answer text NOT NULL,
    channel text NOT NULL,
    ts text NOT NULL
);
CREATE SEQUENCE posts_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE posts_number_seq OWNED BY posts.number;
CREATE TABLE queue (
    number integer NOT NULL,
    answer text NOT NULL,
    why text NOT NULL,
    at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone
);
CREATE SEQUENCE queue_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE queue_number_seq OWNED BY queue.number;
CREATE TABLE ruled_citations (
    number integer NOT NULL,
    verdict text NOT NULL,
    part text NOT NULL,
    statement integer NOT NULL,
    document text NOT NULL,
    version text NOT NULL,
    title text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    quote text NOT NULL,
    page integer,
    url text
);
CREATE SEQUENCE ruled_citations_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE ruled_citations_number_seq OWNED BY ruled_citations.number;
CREATE TABLE ruled_statements (
    number integer NOT NULL,
    verdict text NOT NULL,
    part text NOT NULL,
    ordinal integer NOT NULL,
    text text NOT NULL,
    status text,
    matter text DEFAULT ''::text NOT NULL
);
CREATE SEQUENCE ruled_statements_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE ruled_statements_number_seq OWNED BY ruled_statements.number;
CREATE TABLE statements (
    number integer NOT NULL,
    answer text NOT NULL,
    ordinal integer NOT NULL,
    text text NOT NULL,
    status text,
    matter text DEFAULT ''::text NOT NULL
);
CREATE SEQUENCE statements_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE statements_number_seq OWNED BY statements.number;
CREATE TABLE verdicts (
    number integer NOT NULL,
    id text NOT NULL,
    answer text NOT NULL,
    reviewer text NOT NULL,
    at timestamp with time zone NOT NULL,
    ruling text NOT NULL,
    judgements json NOT NULL,
    comment text NOT NULL
);
CREATE SEQUENCE verdicts_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE verdicts_number_seq OWNED BY verdicts.number;
ALTER TABLE ONLY acts ALTER COLUMN number SET DEFAULT nextval('acts_number_seq'::regclass);
ALTER TABLE ONLY answers ALTER COLUMN number SET DEFAULT nextval('answers_number_seq'::regclass);
ALTER TABLE ONLY approvals ALTER COLUMN number SET DEFAULT nextval('approvals_number_seq'::regclass);
ALTER TABLE ONLY citations ALTER COLUMN number SET DEFAULT nextval('citations_number_seq'::regclass);
ALTER TABLE ONLY feedback ALTER COLUMN number SET DEFAULT nextval('feedback_number_seq'::regclass);
ALTER TABLE ONLY help_requests ALTER COLUMN number SET DEFAULT nextval('help_requests_number_seq'::regclass);
ALTER TABLE ONLY inquiries ALTER COLUMN number SET DEFAULT nextval('inquiries_number_seq'::regclass);
ALTER TABLE ONLY posts ALTER COLUMN number SET DEFAULT nextval('posts_number_seq'::regclass);
ALTER TABLE ONLY queue ALTER COLUMN number SET DEFAULT nextval('queue_number_seq'::regclass);
ALTER TABLE ONLY ruled_citations ALTER COLUMN number SET DEFAULT nextval('ruled_citations_number_seq'::regclass);
ALTER TABLE ONLY ruled_statements ALTER COLUMN number SET DEFAULT nextval('ruled_statements_number_seq'::regclass);
ALTER TABLE ONLY statements ALTER COLUMN number SET DEFAULT nextval('statements_number_seq'::regclass);
ALTER TABLE ONLY verdicts ALTER COLUMN number SET DEFAULT nextval('verdicts_number_seq'::regclass);
INSERT INTO acts VALUES (1, 'U1', 'reindex', 'corpus', '2026-11-02 09:00:00.25+00', '1 added');
INSERT INTO answers VALUES (1, 'answer-1', 'inquiry-1', 1, 'Was recommendation 5 accepted?', '["Which report?"]', 'status', NULL, 'It''s from 2025.', 1, '3-0a1b2c3d', '2026-11-02 09:01:00.25+00', 'quoting', 41, 0.75, NULL, NULL, 0, 0, 0, '');
INSERT INTO answers VALUES (2, 'answer-2', 'inquiry-2', 1, 'When is it due? 🕰', '[]', 'deadline', 'document_silent', '', 0, '', '2026-11-02 09:02:00.25+00', 'quoting', 0, 0, NULL, NULL, 0, 0, 0, '');
INSERT INTO answers VALUES (3, 'answer-3', 'inquiry-1', 2, 'Was recommendation 5 accepted?', '["Which report?"]', 'status', NULL, '', 0, '3-0a1b2c3d', '2026-11-02 09:05:00.25+00', 'quoting', 0, 0, 'U7', '2026-11-02 09:04:00.25+00', 0, 0, 0, '');
INSERT INTO approvals VALUES (2, 'verdict-2', 'answer-2', 'key-2', 'U8', '2026-11-02 09:06:00.25+00', 'basis-2', NULL, '');
INSERT INTO approvals VALUES (1, 'verdict-1', 'answer-1', 'key-1', 'U7', '2026-11-02 09:04:00.25+00', 'basis-1', '2026-11-02 09:07:00.25+00', 'It is gone.');
INSERT INTO citations VALUES (1, 'answer-1', 0, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', 3, 'https://pcc.borsetshire.example/5');
INSERT INTO citations VALUES (2, 'answer-2', NULL, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', NULL, NULL);
INSERT INTO citations VALUES (3, 'answer-3', 0, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', 3, 'https://pcc.borsetshire.example/5');
INSERT INTO feedback VALUES (1, 'answer-1', 'U1', 'bad', '2026-11-02 09:02:00.25+00', 'out_of_date', 'There''s a newer one.');
INSERT INTO help_requests VALUES (1, 'answer-2', 'help-1', 'U1', '2026-11-02 09:03:00.25+00', 'C9', '17.9', NULL);
INSERT INTO inquiries VALUES (1, 'inquiry-1', 'slack', 'T1', 'C1', '17.1', '17.1', 'U1', 'Was recommendation 5 accepted?', '2026-11-02 09:00:00.25+00', '["Which report?"]', false, '', 'answered', 1, 1, NULL, NULL);
INSERT INTO inquiries VALUES (2, 'inquiry-2', 'slack', 'T1', 'C1', '17.1', '17.2', 'U1', 'When is it due? 🕰', '2026-11-02 09:01:00.25+00', '[]', true, 'https://hooks.example/2', 'working', 1, 1, 'worker-2', '2026-11-02 09:01:00.25+00');
INSERT INTO ledger_version VALUES ('0004');
INSERT INTO marks VALUES ('digest', '2026-11-02');
INSERT INTO mutes VALUES ('T1', 'C1', '17.1', 'U1', '2026-11-02 09:00:00.25+00');
INSERT INTO posts VALUES (1, 'answer-1', 'C1', '17.3');
INSERT INTO queue VALUES (1, 'answer-1', 'bad_feedback', '2026-11-02 09:02:00.25+00', '2026-11-02 09:04:00.25+00');
INSERT INTO queue VALUES (2, 'answer-1', 'lapsed', '2026-11-02 09:07:00.25+00', NULL);
INSERT INTO ruled_citations VALUES (1, 'verdict-1', 'approval', 0, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', 3, 'https://pcc.borsetshire.example/5');
INSERT INTO ruled_citations VALUES (2, 'verdict-2', 'correction', 0, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', 3, 'https://pcc.borsetshire.example/5');
INSERT INTO ruled_citations VALUES (3, 'verdict-2', 'correction', 0, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', NULL, NULL);
INSERT INTO ruled_citations VALUES (4, 'verdict-2', 'correction', 1, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', 3, 'https://pcc.borsetshire.example/5');
INSERT INTO ruled_citations VALUES (5, 'verdict-2', 'approval', 0, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', 3, 'https://pcc.borsetshire.example/5');
INSERT INTO ruled_citations VALUES (6, 'verdict-2', 'approval', 0, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', NULL, NULL);
INSERT INTO ruled_citations VALUES (7, 'verdict-2', 'approval', 1, 'borsetshire/response.md', 'v1', 'Borsetshire: response', 120, 146, 'I accept recommendation 5.', 3, 'https://pcc.borsetshire.example/5');
INSERT INTO ruled_statements VALUES (1, 'verdict-1', 'approval', 0, 'Accepted, the commissioner says:', 'accepted', '');
INSERT INTO ruled_statements VALUES (2, 'verdict-2', 'correction', 0, 'Due in March:', NULL, '');
INSERT INTO ruled_statements VALUES (3, 'verdict-2', 'correction', 1, '', 'planned', '');
INSERT INTO ruled_statements VALUES (4, 'verdict-2', 'approval', 0, 'Due in March:', NULL, '');
INSERT INTO ruled_statements VALUES (5, 'verdict-2', 'approval', 1, '', 'planned', '');
INSERT INTO statements VALUES (1, 'answer-1', 0, 'Accepted, the commissioner says:', 'accepted', '');
INSERT INTO statements VALUES (2, 'answer-3', 0, 'Accepted, the commissioner says:', 'accepted', '');
INSERT INTO verdicts VALUES (1, 'verdict-1', 'answer-1', 'U7', '2026-11-02 09:04:00.25+00', 'approved', '["supported"]', 'It''s so.');
INSERT INTO verdicts VALUES (2, 'verdict-2', 'answer-2', 'U8', '2026-11-02 09:06:00.25+00', 'corrected', '[]', '');
SELECT pg_catalog.setval('acts_number_seq', 1, true);
SELECT pg_catalog.setval('answers_number_seq', 3, true);
SELECT pg_catalog.setval('approvals_number_seq', 2, true);
SELECT pg_catalog.setval('citations_number_seq', 3, true);
SELECT pg_catalog.setval('feedback_number_seq', 1, true);
SELECT pg_catalog.setval('help_requests_number_seq', 1, true);
SELECT pg_catalog.setval('inquiries_number_seq', 2, true);
SELECT pg_catalog.setval('posts_number_seq', 1, true);
SELECT pg_catalog.setval('queue_number_seq', 2, true);
SELECT pg_catalog.setval('ruled_citations_number_seq', 7, true);
SELECT pg_catalog.setval('ruled_statements_number_seq', 5, true);
SELECT pg_catalog.setval('statements_number_seq', 2, true);
SELECT pg_catalog.setval('verdicts_number_seq', 2, true);
ALTER TABLE ONLY acts
    ADD CONSTRAINT acts_pkey PRIMARY KEY (number);
ALTER TABLE ONLY answers
    ADD CONSTRAINT answers_id_key UNIQUE (id);
ALTER TABLE ONLY answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (number);
ALTER TABLE ONLY approvals
    ADD CONSTRAINT approvals_pkey PRIMARY KEY (number);
ALTER TABLE ONLY approvals
    ADD CONSTRAINT approvals_verdict_key UNIQUE (verdict);
ALTER TABLE ONLY citations
    ADD CONSTRAINT citations_pkey PRIMARY KEY (number);
ALTER TABLE ONLY feedback
    ADD CONSTRAINT feedback_pkey PRIMARY KEY (number);
ALTER TABLE ONLY help_requests
    ADD CONSTRAINT help_requests_id_key UNIQUE (id);
ALTER TABLE ONLY help_requests
    ADD CONSTRAINT help_requests_pkey PRIMARY KEY (number);
ALTER TABLE ONLY inquiries
    ADD CONSTRAINT inquiries_id_key UNIQUE (id);
ALTER TABLE ONLY inquiries
    ADD CONSTRAINT inquiries_pkey PRIMARY KEY (number);
ALTER TABLE ONLY ledger_version
    ADD CONSTRAINT ledger_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY marks
    ADD CONSTRAINT marks_pkey PRIMARY KEY (name);
ALTER TABLE ONLY mutes
    ADD CONSTRAINT mutes_pkey PRIMARY KEY (team, channel, thread);
ALTER TABLE ONLY answers
    ADD CONSTRAINT one_answer_an_edition UNIQUE (inquiry, edition);
ALTER TABLE ONLY inquiries
    ADD CONSTRAINT one_inquiry_a_place UNIQUE (surface, team, channel, message);
ALTER TABLE ONLY feedback
    ADD CONSTRAINT one_opinion_a_person UNIQUE (answer, person);
ALTER TABLE ONLY posts
    ADD CONSTRAINT one_post_a_message UNIQUE (answer, channel, ts);
ALTER TABLE ONLY ruled_statements
    ADD CONSTRAINT one_ruled_statement_a_place UNIQUE (verdict, part, ordinal);
ALTER TABLE ONLY statements
    ADD CONSTRAINT one_statement_a_place UNIQUE (answer, ordinal);
ALTER TABLE ONLY posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (number);
ALTER TABLE ONLY queue
    ADD CONSTRAINT queue_pkey PRIMARY KEY (number);
ALTER TABLE ONLY ruled_citations
    ADD CONSTRAINT ruled_citations_pkey PRIMARY KEY (number);
ALTER TABLE ONLY ruled_statements
    ADD CONSTRAINT ruled_statements_pkey PRIMARY KEY (number);
ALTER TABLE ONLY statements
    ADD CONSTRAINT statements_pkey PRIMARY KEY (number);
ALTER TABLE ONLY verdicts
    ADD CONSTRAINT verdicts_id_key UNIQUE (id);
ALTER TABLE ONLY verdicts
    ADD CONSTRAINT verdicts_pkey PRIMARY KEY (number);
CREATE INDEX approvals_by_answer ON approvals USING btree (answer);
CREATE INDEX citations_by_answer ON citations USING btree (answer);
CREATE INDEX citations_by_version ON citations USING btree (document, version);
CREATE INDEX help_requests_by_answer ON help_requests USING btree (answer);
CREATE INDEX inquiries_by_person ON inquiries USING btree (team, person, asked_at);
CREATE INDEX inquiries_by_state ON inquiries USING btree (state, asked_at);
CREATE INDEX inquiries_by_thread ON inquiries USING btree (team, channel, thread);
CREATE INDEX inquiries_by_time ON inquiries USING btree (asked_at, number);
CREATE UNIQUE INDEX one_open_request_an_answer ON help_requests USING btree (answer) WHERE (resolved_by IS NULL);
CREATE UNIQUE INDEX one_standing_approval_a_key ON approvals USING btree (key) WHERE (lapsed_at IS NULL);
CREATE UNIQUE INDEX one_waiting_reason ON queue USING btree (answer, why) WHERE (closed_at IS NULL);
CREATE INDEX queue_by_answer ON queue USING btree (answer);
CREATE INDEX ruled_citations_by_verdict ON ruled_citations USING btree (verdict);
CREATE INDEX verdicts_by_answer ON verdicts USING btree (answer);
ALTER TABLE ONLY answers
    ADD CONSTRAINT answers_inquiry_fkey FOREIGN KEY (inquiry) REFERENCES inquiries(id);
ALTER TABLE ONLY approvals
    ADD CONSTRAINT approvals_answer_fkey FOREIGN KEY (answer) REFERENCES answers(id);
ALTER TABLE ONLY approvals
    ADD CONSTRAINT approvals_verdict_fkey FOREIGN KEY (verdict) REFERENCES verdicts(id);
ALTER TABLE ONLY citations
    ADD CONSTRAINT citations_answer_fkey FOREIGN KEY (answer) REFERENCES answers(id);
ALTER TABLE ONLY feedback
    ADD CONSTRAINT feedback_answer_fkey FOREIGN KEY (answer) REFERENCES answers(id);
ALTER TABLE ONLY help_requests
    ADD CONSTRAINT help_requests_answer_fkey FOREIGN KEY (answer) REFERENCES answers(id);
ALTER TABLE ONLY posts
    ADD CONSTRAINT posts_answer_fkey FOREIGN KEY (answer) REFERENCES answers(id);
ALTER TABLE ONLY queue
    ADD CONSTRAINT queue_answer_fkey FOREIGN KEY (answer) REFERENCES answers(id);
ALTER TABLE ONLY ruled_citations
    ADD CONSTRAINT ruled_citations_verdict_fkey FOREIGN KEY (verdict) REFERENCES verdicts(id);
ALTER TABLE ONLY ruled_statements
    ADD CONSTRAINT ruled_statements_verdict_fkey FOREIGN KEY (verdict) REFERENCES verdicts(id);
ALTER TABLE ONLY statements
    ADD CONSTRAINT statements_answer_fkey FOREIGN KEY (answer) REFERENCES answers(id);
ALTER TABLE ONLY verdicts
    ADD CONSTRAINT verdicts_answer_fkey FOREIGN KEY (answer) REFERENCES answers(id);
