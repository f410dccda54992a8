"""One module a migration.  They never change once released, and import nothing of ours that may.

After one is added: schema.py says what the tables are now, and which version that is.
"""
