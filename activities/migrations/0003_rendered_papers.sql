-- Papers get their bytes: a PDF made once from the facts by a version of the templates, and never changed afterwards.
-- A service of the version before goes on working: it gives papers their facts, and knows nothing of bytes.

ALTER TABLE paper
    ADD COLUMN template text,
    -- technical, unlike `issued_at`, which is of the case's own clock
    ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    DROP CONSTRAINT paper_kind_check,
    ADD CONSTRAINT paper_kind_check CHECK (kind IN (
        'RECEIPT', 'NOTICE_OF_ACCEPTANCE', 'REFUSAL', 'ORDER', 'SILENCE_NOTICE', 'CORRECTING_NOTICE')),
    ADD CONSTRAINT paper_is_rendered_as_a_whole CHECK (
        (content IS NULL) = (sha256 IS NULL) AND (content IS NULL) = (template IS NULL)),
    ADD CONSTRAINT paper_hash_is_of_its_bytes CHECK (sha256 = encode(sha256(content), 'hex'));

CREATE INDEX paper_not_rendered ON paper (case_id) WHERE content IS NULL;

CREATE FUNCTION refuse_to_render_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the paper has its bytes, and they are never changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER paper_is_rendered_once
    BEFORE UPDATE OF template, sha256, content ON paper
    FOR EACH ROW WHEN (OLD.content IS NOT NULL)
    EXECUTE FUNCTION refuse_to_render_again();

GRANT UPDATE (template) ON paper TO uide_app;
