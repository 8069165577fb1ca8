"""A comparison of two certificates as text: for a ticket, and for who reads line by line."""

from collections.abc import Iterator, Sequence

from certwizard.wizard.comparing import ComparedField, Likeness, outcome_words


def comparison_text(fields: Sequence[ComparedField], titles: Sequence[str]) -> str:
    """Return what differs, and which fields are the same.

    Args:
        fields: As `compared` gives them.
        titles: Of the two certificates.
    """
    return "\n".join(comparison_lines(fields, titles))


def comparison_lines(fields: Sequence[ComparedField], titles: Sequence[str]) -> Iterator[str]:
    """Yield what differs in whole sentences, and then which fields are the same.

    Args:
        fields: As `compared` gives them.
        titles: Of the two certificates.
    """
    yield f"A is {titles[0]}."
    yield f"B is {titles[1]}."
    yield outcome_words(fields)
    for field in fields:
        if field.differs:
            yield _sentence(field)
            yield from (f"   {_sentence(each)}" for each in field.inside)
            if field.left_out:
                yield f"   and {field.left_out} more"
    same = dict.fromkeys(field.name for field in fields if not field.differs)
    if same and any(field.differs for field in fields):
        yield f"The same in both: {', '.join(same)}."


def _sentence(field: ComparedField) -> str:
    match field.likeness:
        case Likeness.FIRST_ONLY:
            return f"{field.name}, only in A: {field.first}"
        case Likeness.SECOND_ONLY:
            return f"{field.name}, only in B: {field.second}"
        case _:
            return f"{field.name}: A {field.first or 'nothing'}; B {field.second or 'nothing'}"
