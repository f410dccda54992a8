BEGIN TRANSACTION;
CREATE TABLE acts (
	number INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	did TEXT NOT NULL, 
	about TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	result TEXT NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "acts" VALUES(1,'U1','reindex','corpus','2026-11-02 09:00:00.250000','1 added');
CREATE TABLE answers (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	inquiry TEXT NOT NULL, 
	edition INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	history JSON NOT NULL, 
	wanted TEXT NOT NULL, 
	reason TEXT, 
	note TEXT NOT NULL, 
	withheld INTEGER NOT NULL, 
	index_version TEXT NOT NULL, 
	answered_at DATETIME NOT NULL, 
	writer TEXT NOT NULL, 
	milliseconds INTEGER NOT NULL, 
	confidence FLOAT NOT NULL, endorsed_by TEXT, endorsed_at DATETIME, tokens_read INTEGER DEFAULT '0' NOT NULL, tokens_written INTEGER DEFAULT '0' NOT NULL, model_milliseconds INTEGER DEFAULT '0' NOT NULL, verdict TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	CONSTRAINT one_answer_an_edition UNIQUE (inquiry, edition), 
	FOREIGN KEY(inquiry) REFERENCES inquiries (id)
);
INSERT INTO "answers" VALUES(1,'answer-1','inquiry-1',1,'Was recommendation 5 accepted?','["Which report?"]','status',NULL,'It''s from 2025.',1,'3-0a1b2c3d','2026-11-02 09:01:00.250000','quoting',41,0.75,NULL,NULL,0,0,0,'');
INSERT INTO "answers" VALUES(2,'answer-2','inquiry-2',1,'When is it due? 🕰','[]','deadline','document_silent','',0,'','2026-11-02 09:02:00.250000','quoting',0,0.0,NULL,NULL,0,0,0,'');
INSERT INTO "answers" VALUES(3,'answer-3','inquiry-1',2,'Was recommendation 5 accepted?','["Which report?"]','status',NULL,'',0,'3-0a1b2c3d','2026-11-02 09:05:00.250000','quoting',0,0.0,'U7','2026-11-02 09:04:00.250000',0,0,0,'');
CREATE TABLE approvals (
	number INTEGER NOT NULL, 
	verdict TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	basis TEXT NOT NULL, 
	lapsed_at DATETIME, 
	lapse TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (verdict), 
	FOREIGN KEY(verdict) REFERENCES verdicts (id), 
	FOREIGN KEY(answer) REFERENCES answers (id)
);
INSERT INTO "approvals" VALUES(1,'verdict-1','answer-1','key-1','U7','2026-11-02 09:04:00.250000','basis-1','2026-11-02 09:07:00.250000','It is gone.');
INSERT INTO "approvals" VALUES(2,'verdict-2','answer-2','key-2','U8','2026-11-02 09:06:00.250000','basis-2',NULL,'');
CREATE TABLE citations (
	number INTEGER NOT NULL, 
	answer TEXT NOT NULL, 
	statement INTEGER, 
	document TEXT NOT NULL, 
	version TEXT NOT NULL, 
	title TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	page INTEGER, 
	url TEXT, 
	PRIMARY KEY (number), 
	FOREIGN KEY(answer) REFERENCES answers (id)
);
INSERT INTO "citations" VALUES(1,'answer-1',0,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',3,'https://pcc.borsetshire.example/5');
INSERT INTO "citations" VALUES(2,'answer-2',NULL,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',NULL,NULL);
INSERT INTO "citations" VALUES(3,'answer-3',0,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',3,'https://pcc.borsetshire.example/5');
CREATE TABLE feedback (
	number INTEGER NOT NULL, 
	answer TEXT NOT NULL, 
	person TEXT NOT NULL, 
	opinion TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	fault TEXT, 
	comment TEXT NOT NULL, 
	PRIMARY KEY (number), 
	CONSTRAINT one_opinion_a_person UNIQUE (answer, person), 
	FOREIGN KEY(answer) REFERENCES answers (id)
);
INSERT INTO "feedback" VALUES(1,'answer-1','U1','bad','2026-11-02 09:02:00.250000','out_of_date','There''s a newer one.');
CREATE TABLE help_requests (
	number INTEGER NOT NULL, 
	answer TEXT NOT NULL, 
	id TEXT NOT NULL, 
	person TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	channel TEXT, 
	ts TEXT, 
	resolved_by TEXT, 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	FOREIGN KEY(answer) REFERENCES answers (id)
);
INSERT INTO "help_requests" VALUES(1,'answer-2','help-1','U1','2026-11-02 09:03:00.250000','C9','17.9',NULL);
CREATE TABLE inquiries (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	surface TEXT NOT NULL, 
	team TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	thread TEXT NOT NULL, 
	message TEXT NOT NULL, 
	person TEXT NOT NULL, 
	words TEXT NOT NULL, 
	asked_at DATETIME NOT NULL, 
	history JSON NOT NULL, 
	private BOOLEAN NOT NULL, 
	reply_to TEXT NOT NULL, 
	state TEXT NOT NULL, 
	edition INTEGER NOT NULL, 
	attempt INTEGER NOT NULL, 
	worker TEXT, 
	lease_until DATETIME, 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	CONSTRAINT one_inquiry_a_place UNIQUE (surface, team, channel, message)
);
INSERT INTO "inquiries" VALUES(1,'inquiry-1','slack','T1','C1','17.1','17.1','U1','Was recommendation 5 accepted?','2026-11-02 09:00:00.250000','["Which report?"]',0,'','answered',1,1,NULL,NULL);
INSERT INTO "inquiries" VALUES(2,'inquiry-2','slack','T1','C1','17.1','17.2','U1','When is it due? 🕰','2026-11-02 09:01:00.250000','[]',1,'https://hooks.example/2','working',1,1,'worker-2','2026-11-02 09:01:00.250000');
CREATE TABLE ledger_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT ledger_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "ledger_version" VALUES('0004');
CREATE TABLE marks (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "marks" VALUES('digest','2026-11-02');
CREATE TABLE mutes (
	team TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	thread TEXT NOT NULL, 
	person TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (team, channel, thread)
);
INSERT INTO "mutes" VALUES('T1','C1','17.1','U1','2026-11-02 09:00:00.250000');
CREATE TABLE posts (
	number INTEGER NOT NULL, 
	answer TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	ts TEXT NOT NULL, 
	PRIMARY KEY (number), 
	CONSTRAINT one_post_a_message UNIQUE (answer, channel, ts), 
	FOREIGN KEY(answer) REFERENCES answers (id)
);
INSERT INTO "posts" VALUES(1,'answer-1','C1','17.3');
CREATE TABLE queue (
	number INTEGER NOT NULL, 
	answer TEXT NOT NULL, 
	why TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	closed_at DATETIME, 
	PRIMARY KEY (number), 
	FOREIGN KEY(answer) REFERENCES answers (id)
);
INSERT INTO "queue" VALUES(1,'answer-1','bad_feedback','2026-11-02 09:02:00.250000','2026-11-02 09:04:00.250000');
INSERT INTO "queue" VALUES(2,'answer-1','lapsed','2026-11-02 09:07:00.250000',NULL);
CREATE TABLE ruled_citations (
	number INTEGER NOT NULL, 
	verdict TEXT NOT NULL, 
	part TEXT NOT NULL, 
	statement INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	version TEXT NOT NULL, 
	title TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	page INTEGER, 
	url TEXT, 
	PRIMARY KEY (number), 
	FOREIGN KEY(verdict) REFERENCES verdicts (id)
);
INSERT INTO "ruled_citations" VALUES(1,'verdict-1','approval',0,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',3,'https://pcc.borsetshire.example/5');
INSERT INTO "ruled_citations" VALUES(2,'verdict-2','correction',0,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',3,'https://pcc.borsetshire.example/5');
INSERT INTO "ruled_citations" VALUES(3,'verdict-2','correction',0,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',NULL,NULL);
INSERT INTO "ruled_citations" VALUES(4,'verdict-2','correction',1,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',3,'https://pcc.borsetshire.example/5');
INSERT INTO "ruled_citations" VALUES(5,'verdict-2','approval',0,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',3,'https://pcc.borsetshire.example/5');
INSERT INTO "ruled_citations" VALUES(6,'verdict-2','approval',0,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',NULL,NULL);
INSERT INTO "ruled_citations" VALUES(7,'verdict-2','approval',1,'borsetshire/response.md','v1','Borsetshire: response',120,146,'I accept recommendation 5.',3,'https://pcc.borsetshire.example/5');
CREATE TABLE ruled_statements (
	number INTEGER NOT NULL, 
	verdict TEXT NOT NULL, 
	part TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	status TEXT, matter TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (number), 
	CONSTRAINT one_ruled_statement_a_place UNIQUE (verdict, part, ordinal), 
	FOREIGN KEY(verdict) REFERENCES verdicts (id)
);
INSERT INTO "ruled_statements" VALUES(1,'verdict-1','approval',0,'Accepted, the commissioner says:','accepted','');
INSERT INTO "ruled_statements" VALUES(2,'verdict-2','correction',0,'Due in March:',NULL,'');
INSERT INTO "ruled_statements" VALUES(3,'verdict-2','correction',1,'','planned','');
INSERT INTO "ruled_statements" VALUES(4,'verdict-2','approval',0,'Due in March:',NULL,'');
INSERT INTO "ruled_statements" VALUES(5,'verdict-2','approval',1,'','planned','');
CREATE TABLE statements (
	number INTEGER NOT NULL, 
	answer TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	status TEXT, matter TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (number), 
	CONSTRAINT one_statement_a_place UNIQUE (answer, ordinal), 
	FOREIGN KEY(answer) REFERENCES answers (id)
);
INSERT INTO "statements" VALUES(1,'answer-1',0,'Accepted, the commissioner says:','accepted','');
INSERT INTO "statements" VALUES(2,'answer-3',0,'Accepted, the commissioner says:','accepted','');
CREATE TABLE verdicts (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	ruling TEXT NOT NULL, 
	judgements JSON NOT NULL, 
	comment TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	FOREIGN KEY(answer) REFERENCES answers (id)
);
INSERT INTO "verdicts" VALUES(1,'verdict-1','answer-1','U7','2026-11-02 09:04:00.250000','approved','["supported"]','It''s so.');
INSERT INTO "verdicts" VALUES(2,'verdict-2','answer-2','U8','2026-11-02 09:06:00.250000','corrected','[]','');
CREATE INDEX inquiries_by_state ON inquiries (state, asked_at);
CREATE INDEX inquiries_by_person ON inquiries (team, person, asked_at);
CREATE INDEX inquiries_by_thread ON inquiries (team, channel, thread);
CREATE INDEX citations_by_answer ON citations (answer);
CREATE INDEX citations_by_version ON citations (document, version);
CREATE UNIQUE INDEX one_open_request_an_answer ON help_requests (answer) WHERE resolved_by IS NULL;
CREATE INDEX inquiries_by_time ON inquiries (asked_at, number);
CREATE INDEX help_requests_by_answer ON help_requests (answer);
CREATE INDEX queue_by_answer ON queue (answer);
CREATE UNIQUE INDEX one_waiting_reason ON queue (answer, why) WHERE closed_at IS NULL;
CREATE INDEX verdicts_by_answer ON verdicts (answer);
CREATE INDEX ruled_citations_by_verdict ON ruled_citations (verdict);
CREATE INDEX approvals_by_answer ON approvals (answer);
CREATE UNIQUE INDEX one_standing_approval_a_key ON approvals ("key") WHERE lapsed_at IS NULL;
COMMIT;
