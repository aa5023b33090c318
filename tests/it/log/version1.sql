-- A database as the first version wrote it, with two sessions. Never to be changed.
PRAGMA application_id = 1937007464;
PRAGMA user_version = 1;
CREATE TABLE appends (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL,
        previous INTEGER,
        milestone INTEGER NOT NULL,
        first INTEGER NOT NULL,
        head INTEGER NOT NULL,
        at INTEGER NOT NULL,
        client_id TEXT,
        used INTEGER NOT NULL,
        waits INTEGER NOT NULL,
        shape TEXT NOT NULL,
        state TEXT NOT NULL,
        records TEXT NOT NULL
    ) STRICT;
INSERT INTO "appends" VALUES(1,1,NULL,0,1,2,2002123456789,NULL,1002123456789,1,'shape-2','{"at":2}','m{"seq":1,"text":"s1 1"}
{"of":1,"private":"s1 1"}
t{"seq":2,"text":"s1 2"}
{"of":2,"private":"s1 2"}
');
INSERT INTO "appends" VALUES(2,2,NULL,0,1,1,2001123456789,NULL,1001123456789,0,'shape-1','{"at":1}','m{"seq":1,"text":"s2 1"}
{"of":1,"private":"s2 1"}
');
INSERT INTO "appends" VALUES(3,1,1,0,3,4,2004123456789,'c1',1004123456789,1,'shape-4','{"at":4}','m{"seq":3,"text":"s1 3"}
{"of":3,"private":"s1 3"}
t{"seq":4,"text":"s1 4"}
{"of":4,"private":"s1 4"}
');
CREATE TABLE heads (session INTEGER PRIMARY KEY, append INTEGER NOT NULL) STRICT;
INSERT INTO "heads" VALUES(1,3);
INSERT INTO "heads" VALUES(2,2);
CREATE TABLE probes (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT;
INSERT INTO "probes" VALUES(1,0);
CREATE TABLE sessions (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        bot TEXT NOT NULL,
        owner TEXT NOT NULL,
        opened_as TEXT,
        created INTEGER NOT NULL
    ) STRICT;
INSERT INTO "sessions" VALUES(1,'s1','bot','u1',NULL,1000123456789);
INSERT INTO "sessions" VALUES(2,'s2','bot','u2',NULL,1000123456789);
CREATE INDEX sessions_by_owner ON sessions (owner, opened_as);
CREATE UNIQUE INDEX milestones ON appends (session, head) WHERE milestone = 1;
