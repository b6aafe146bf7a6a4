-- The paperwork: templates with versions, what was signed, and what was waived.
-- An older Inkpoint may not open a file that has this.

-- Below these ages, in years, a guardian signs too, or the service is not done at all; 0 sets no limit.
ALTER TABLE services ADD COLUMN guardian_below INTEGER NOT NULL DEFAULT 18 CHECK (guardian_below BETWEEN 0 AND 99);
ALTER TABLE services ADD COLUMN minimum_age INTEGER NOT NULL DEFAULT 0 CHECK (minimum_age BETWEEN 0 AND 99);

CREATE TABLE consent_templates (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    name           TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    kind           TEXT NOT NULL CHECK (kind IN ('procedure', 'health', 'image', 'other')),
    required       INTEGER NOT NULL CHECK (required IN (0, 1)),
    -- Since when visits need it: those of earlier days were complete without.
    required_since INTEGER,
    -- How long one signature is good for; none: each visit anew.
    valid_days     INTEGER CHECK (valid_days BETWEEN 1 AND 3660),
    active         INTEGER NOT NULL CHECK (active IN (0, 1)),
    position       INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    CHECK (kind <> 'image' OR required = 0),
    CHECK (required = 0 OR required_since IS NOT NULL)
) STRICT;

-- The services that ask for a template; none listed means every service.
CREATE TABLE consent_template_services (
    template_id TEXT NOT NULL REFERENCES consent_templates (id),
    service_id  TEXT NOT NULL REFERENCES services (id),
    PRIMARY KEY (template_id, service_id)
) STRICT;

-- What a template says, as it once said it: a change is a new version.
CREATE TABLE consent_versions (
    id          TEXT PRIMARY KEY CHECK (length(id) = 36),
    template_id TEXT NOT NULL REFERENCES consent_templates (id),
    number      INTEGER NOT NULL CHECK (number >= 1),
    title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    body        TEXT NOT NULL,
    questions   TEXT NOT NULL CHECK (json_valid(questions)),
    made_at     INTEGER NOT NULL,
    made_by     TEXT REFERENCES members (id),
    UNIQUE (template_id, number)
) STRICT;

-- That something was signed. Sealed, so it can never change; it tells nobody who did. A merged client's rows keep naming
-- the duplicate, and whoever reads them follows clients.merged_into.
CREATE TABLE consents (
    id             TEXT PRIMARY KEY CHECK (length(id) = 36),
    client_id      TEXT NOT NULL REFERENCES clients (id),
    -- None: signed at the desk without a booking.
    appointment_id TEXT REFERENCES appointments (id),
    service_id     TEXT REFERENCES services (id),
    template_id    TEXT NOT NULL REFERENCES consent_templates (id),
    version_id     TEXT NOT NULL REFERENCES consent_versions (id),
    kind           TEXT NOT NULL CHECK (kind IN ('procedure', 'health', 'image', 'other')),
    at             INTEGER NOT NULL,
    -- Who handed it over; the witness where nothing was drawn.
    member_id      TEXT NOT NULL REFERENCES members (id),
    method         TEXT NOT NULL CHECK (method IN ('drawn', 'typed', 'on_paper')),
    guardian       INTEGER NOT NULL CHECK (guardian IN (0, 1)),
    image_use      INTEGER CHECK (image_use IN (0, 1)),
    -- Over the row of consent_papers with its salt: without the salt nothing can be tried against it.
    paper_hash     TEXT NOT NULL CHECK (length(paper_hash) = 64),
    CHECK ((kind = 'image') = (image_use IS NOT NULL))
) STRICT;
CREATE INDEX consents_by_client ON consents (client_id, at);
CREATE INDEX consents_by_appointment ON consents (appointment_id) WHERE appointment_id IS NOT NULL;

-- What was signed and by whom. Goes when the person was erased and the years that the studio keeps consents are over.
CREATE TABLE consent_papers (
    consent_id TEXT PRIMARY KEY REFERENCES consents (id),
    salt       TEXT NOT NULL CHECK (length(salt) >= 32),
    title      TEXT NOT NULL,
    -- As it was read, and its SHA-256.
    text       TEXT NOT NULL,
    text_hash  TEXT NOT NULL CHECK (length(text_hash) = 64),
    signer     TEXT NOT NULL,
    birth_date TEXT,
    -- {"name", "relation", "id_seen"} of who signed for a minor.
    guardian   TEXT CHECK (guardian IS NULL OR json_valid(guardian)),
    answers    TEXT NOT NULL CHECK (json_valid(answers)),
    -- {"width", "height", "strokes"}: every point with its time.
    signature  TEXT CHECK (signature IS NULL OR json_valid(signature))
) STRICT;

-- Image use taken back.
CREATE TABLE consent_withdrawals (
    id         TEXT PRIMARY KEY CHECK (length(id) = 36),
    consent_id TEXT NOT NULL UNIQUE REFERENCES consents (id),
    at         INTEGER NOT NULL,
    member_id  TEXT NOT NULL REFERENCES members (id)
) STRICT;

-- Visits that go on although paperwork is missing, and why. The words go when the person is erased.
CREATE TABLE consent_waivers (
    appointment_id TEXT PRIMARY KEY REFERENCES appointments (id),
    at             INTEGER NOT NULL,
    member_id      TEXT NOT NULL REFERENCES members (id),
    reason         TEXT
) STRICT;

CREATE TRIGGER consent_versions_no_update BEFORE UPDATE ON consent_versions BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consent_versions_no_delete BEFORE DELETE ON consent_versions BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consents_no_update BEFORE UPDATE ON consents BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consents_no_delete BEFORE DELETE ON consents BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consent_withdrawals_no_update BEFORE UPDATE ON consent_withdrawals BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consent_withdrawals_no_delete BEFORE DELETE ON consent_withdrawals BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consent_papers_no_update BEFORE UPDATE ON consent_papers BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consent_papers_no_delete BEFORE DELETE ON consent_papers
WHEN NOT EXISTS (SELECT 1 FROM consents s JOIN erased_clients e ON e.client_id = s.client_id WHERE s.id = OLD.consent_id)
BEGIN SELECT RAISE(ABORT, 'append only'); END;

INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'paperwork_gate', '"warn"', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'paperwork_at', '"check_in"', created_at, NULL FROM studio;
INSERT INTO settings (name, value, changed_at, changed_by)
    SELECT 'consent_years', '10', created_at, NULL FROM studio;
