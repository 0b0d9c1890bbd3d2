"""Triggers that refuse every change to a version; a migration that remakes the table lays them anew."""

SQLITE = """
CREATE TRIGGER rulebook_textversion_stays BEFORE UPDATE ON rulebook_textversion
BEGIN SELECT RAISE(ABORT, 'rulebook_textversion rows never change'); END;
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION rulebook_textversion_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rulebook_textversion rows never change' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER rulebook_textversion_stays BEFORE UPDATE ON rulebook_textversion
FOR EACH ROW EXECUTE FUNCTION rulebook_textversion_stays();
"""
SQLITE_AGAIN = "DROP TRIGGER IF EXISTS rulebook_textversion_stays;"
SQLITE_OFF = "DROP TRIGGER rulebook_textversion_stays;"
POSTGRESQL_OFF = """
DROP TRIGGER rulebook_textversion_stays ON rulebook_textversion;
DROP FUNCTION rulebook_textversion_stays();
"""
