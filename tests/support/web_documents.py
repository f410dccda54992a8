"""Documents that stand on the shelf of the pages beside the answered corpus."""

HOSTILE_TITLE = "&lt;script&gt;alert(1)&lt;/script&gt; for Wessex-on-Sea Police\u202eevil"
HOSTILE = f"""# {HOSTILE_TITLE}

**3 May 2024**

Recommendation 7: Wessex-on-Sea Police should lock its doors. <img src=x onerror=alert(1)> The locks of the
doors are complete, says "><script>alert(2)</script>.
"""
HOSTILE_PATH = "wessex-on-sea-doors-2024.md"
NOTES = "document,url,fetched\nborsetshire-custody-2024.md,https://borsetshire.example/custody,2024-05-04\n"
