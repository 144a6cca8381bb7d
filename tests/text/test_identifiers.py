import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.record import Identifier
from sitegen.text.identifiers import recognise


@pytest.mark.parametrize(
    ("written", "value", "version"),
    [
        ("2401.00849", "2401.00849", ""),
        (" arXiv:2401.00849v2 ", "2401.00849", "2"),
        ("arxiv: 0704.0001", "0704.0001", ""),
        ("https://arxiv.org/abs/2401.00849", "2401.00849", ""),
        ("http://www.arxiv.org/pdf/2401.00849v3.pdf", "2401.00849", "3"),
        ("https://arxiv.org/html/2401.00849v1#S2", "2401.00849", "1"),
        ("//export.arxiv.org/abs/2401.00849?context=cs", "2401.00849", ""),
        ("10.48550/arXiv.2401.00849", "2401.00849", ""),
        ("https://doi.org/10.48550/ARXIV.2401.00849", "2401.00849", ""),
        ("https://huggingface.co/papers/2401.00849", "2401.00849", ""),
        ("hep-th/9901001v2", "hep-th/9901001", "2"),
        ("math.GT/0309136", "math/0309136", ""),
        ("https://arxiv.org/abs/math/0309136", "math/0309136", ""),
    ],
)
def test_every_way_to_write_an_arxiv_id_is_one_form_and_the_version_stays_apart(written, value, version):
    assert recognise(written) == Identifier("arxiv", value, version)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("doi:10.1109/CVPR.2016.90", "10.1109/cvpr.2016.90"),
        ("https://dx.doi.org/10.1109/CVPR.2016.90.", "10.1109/cvpr.2016.90"),
        ("https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15", "10.1002/(sici)1097-0258(19980815)17:15"),
        ("https://doi.org/10.1002/%28SICI%291", "10.1002/(sici)1"),
        ("https://doi.org/10.1145/1.2?download=true", "10.1145/1.2"),
    ],
)
def test_a_doi_is_lower_case_without_its_resolver(written, value):
    assert recognise(written) == Identifier("doi", value)


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("https://aclanthology.org/2020.acl-main.1/", "acl", "2020.acl-main.1"),
        ("https://www.aclweb.org/anthology/P19-1001.pdf", "acl", "P19-1001"),
        ("2023.findings-emnlp.12", "acl", "2023.findings-emnlp.12"),
        ("https://openreview.net/forum?id=aB3_x-9kQ2", "openreview", "aB3_x-9kQ2"),
        ("https://openreview.net/pdf?id=aB3_x-9kQ2&name=pdf", "openreview", "aB3_x-9kQ2"),
        ("https://www.semanticscholar.org/paper/A-Title/" + "0a" * 20, "s2", "0a" * 20),
        ("https://openalex.org/W2741809807", "openalex", "W2741809807"),
        ("https://pubmed.ncbi.nlm.nih.gov/123456/", "pmid", "123456"),
    ],
)
def test_other_registries_have_their_form(written, kind, value):
    assert recognise(written) == Identifier(kind, value)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Attention Is All You Need",
        "2413.00849",  # there is no 13th month
        "2401.00849 and more",
        "1234567",
        "10.1145",
        "https://example.org/2401.00849",
        "https://notarxiv.org/abs/2401.00849",
        "https://arxiv.org/list/cs.CL/recent",
        "https://huggingface.co/org/2401.00849",
        "and/or",
    ],
)
def test_what_only_looks_like_an_identifier_is_none(written):
    assert recognise(written) is None


@given(st.text())
def test_any_text_may_be_asked_for(text):
    found = recognise(text)
    assert found is None or recognise(found.value) in (found, None)
