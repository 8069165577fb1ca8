"""The Public Suffix List as searched here against the library that parses it."""

import pytest
from publicsuffixlist import PublicSuffixList

from certwizard.domain.suffixes import is_listed, is_private_suffix, is_registry_suffix, registrable_domain

NAMES = (
    "com", "example.com", "www.example.com", "co.uk", "example.co.uk", "a.b.example.co.uk",
    "kobe.jp", "city.kobe.jp", "www.city.kobe.jp", "c.kobe.jp", "b.c.kobe.jp", "a.b.c.kobe.jp",
    "ck", "www.ck", "foo.ck", "bar.foo.ck", "sch.uk", "x.sch.uk", "y.x.sch.uk",
    "github.io", "me.github.io", "www.me.github.io", "compute.amazonaws.com", "eu.compute.amazonaws.com",
    "a.eu.compute.amazonaws.com", "xn--p1ai", "xn--e1afmkfd.xn--p1ai", "www.xn--e1afmkfd.xn--p1ai",
    "xn--55qx5d.cn", "a.xn--55qx5d.cn", "b.a.xn--55qx5d.cn", "internal", "host.internal", "localhost",
    "s3.amazonaws.com", "pvt.k12.ma.us", "k12.ma.us", "x.pvt.k12.ma.us", "EXAMPLE.Co.UK",
)  # fmt: skip


@pytest.fixture(scope="module")
def everything() -> PublicSuffixList:
    return PublicSuffixList()


@pytest.fixture(scope="module")
def icann() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


@pytest.mark.parametrize("name", NAMES)
def test_the_registrable_domain_is_the_one_the_library_finds(name: str, everything: PublicSuffixList) -> None:
    assert registrable_domain(name) == everything.privatesuffix(name.lower())


@pytest.mark.parametrize("name", NAMES)
def test_a_registry_suffix_is_one_for_the_library(name: str, icann: PublicSuffixList) -> None:
    assert is_registry_suffix(name) == (icann.privatesuffix(name.lower()) is None)


def test_a_private_suffix_is_shared_by_a_company_not_by_a_registry() -> None:
    assert is_private_suffix("github.io")
    assert not is_private_suffix("io")
    assert not is_private_suffix("example.com")


def test_only_what_stands_in_the_list_is_listed() -> None:
    assert is_listed("com")
    assert is_listed("xn--p1ai")
    assert not is_listed("pem")
    assert not is_listed("localhost")
