"""All variants."""

from variants import office_files, pages, pdf_files, printed_pages, texts, word_files, written_pdfs
from variants.response import Variant

VARIANTS: tuple[Variant, ...] = (
    *texts.VARIANTS,
    *pages.VARIANTS,
    *word_files.VARIANTS,
    *office_files.VARIANTS,
    *pdf_files.VARIANTS,
    *written_pdfs.VARIANTS,
    *printed_pages.VARIANTS,
)


def find_variant(name: str) -> Variant:
    """Return the variant of a name; raises LookupError."""
    return next(variant for variant in VARIANTS if variant.name == name)
