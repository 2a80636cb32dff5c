"""Huize from an installed wheel."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

import huize


def family(wage):
    """A family of three in Zhongshan, June 2023, with one wage."""

    def person(id, birth, monthly_wage):
        return {
            "id": id,
            "birth_date": birth,
            "monthly_wage": monthly_wage,
            "employed": monthly_wage != 0,
            "severe_illness": False,
        }

    members = [
        person("甲", "1980-02-01", wage),
        person("乙", "1982-05-03", 0),
        person("丙", "2012-09-09", 0),
    ]
    household = {"area": "urban", "assets_verified_ok": True, "members": members}
    return {"policy": "zhongshan.dibao", "period": "2023-06", "household": household}


def test_a_family_is_decided_exactly():
    decided = huize.decide(family(2250))
    dibao = decided.decisions["低保"]
    assert dibao.entitled
    assert dibao.payments["低保金"] == huize.Payment(Decimal("1353"), "元/月", None)  # 1201×3－2250
    assert [it.held for it in dibao.conditions] == [True, True]
    assert set(decided.members) == {"甲", "乙", "丙"}


def test_decimals_are_exact_and_floats_refused():
    decided = huize.decide(family(Decimal("2250.01")))
    assert decided.decisions["低保"].payments["低保金"].amount == Decimal("1353")  # 1352.99, up
    with pytest.raises(huize.HuizeError) as refused:
        huize.decide(family(2250.01))
    assert refused.value.code == "huize::facts::float_number"
    assert '"2250.01"' in refused.value.findings[0].help_en


def test_every_finding_is_told():
    facts = family(2250)
    facts["household"]["arae"] = "urban"
    facts["household"]["cars"] = -1
    with pytest.raises(huize.HuizeError) as refused:
        huize.decide(facts)
    codes = sorted(it.code for it in refused.value.findings)
    assert codes == ["huize::input::out_of_range", "huize::input::unknown_field"]


def test_the_trace_is_objects():
    explained = huize.explain(family(2250))
    node = explained.find("低保.收入条件")
    assert node is not None and node["held"] == "yes"
    assert huize.explain(family(2250), lang="en").data["period"] == "2023-06"
    with pytest.raises(ValueError):
        huize.explain(family(2250), lang="fr")


def test_an_engine_of_own_policies():
    law = (
        "政策 试.补助\n对象 人\n  月工资：元/月，0元至100万元\n对象 家庭\n  成员：人，若干\n"
        "决定 补助（家庭）\n  条件 合计（成员，月工资）低于632元/月\n"
        "  给付 补助金：元/月 = 632元/月－合计（成员，月工资），向上取整到1元\n"
    )
    engine = huize.Engine({"law.hz": law})
    facts = {"policy": "试.补助", "period": "2026-05", "家庭": {"成员": [{"id": "甲", "月工资": "31.50"}]}}
    # 632－31.50＝600.50
    assert engine.decide(facts).decisions["补助"].payments["补助金"].amount == Decimal("601")
    assert engine.check() == []
    assert "月工资" in str(engine.schema("试.补助"))
    broken = huize.Engine({"law.hz": law + "规则 甲（人"})
    with pytest.raises(huize.HuizeError) as refused:
        broken.decide(facts)
    assert refused.value.code.startswith("huize::syntax::")


def test_threads_share_an_engine():
    engine = huize.Engine()
    with ThreadPoolExecutor(8) as pool:
        amounts = list(pool.map(lambda wage: engine.decide(family(wage)), range(0, 400, 10)))
    expected = [Decimal(3603 - wage) for wage in range(0, 400, 10)]
    assert [it.decisions["低保"].payments["低保金"].amount for it in amounts] == expected
