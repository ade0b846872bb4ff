"""How the months are written by whom: number → spellings, for whoever reads dates.

Gregorian months have three sets of names: Levantine, Egyptian and Maghrebi; English and French ones
stand in pages of news sites. What is *printed* is in `days`.
"""

GREGORIAN_SPELLINGS = {
    1: "كانون الثاني|كانون ثاني|كانون2|كانون التاني|يناير|جانفي|january|jan|janvier",
    2: "شباط|فبراير|فيفري|فبرابر|february|feb|février|fevrier",
    3: "آذار|مارس|march|mar|mars",
    4: "نيسان|أبريل|ابريل|أفريل|إبريل|april|apr|avril",
    5: "أيار|مايو|ماي|مايس|may|mai",
    6: "حزيران|يونيو|يونيه|جوان|june|jun|juin",
    7: "تموز|يوليو|يوليه|يوليوز|جويلية|july|jul|juillet",
    8: "آب|أغسطس|اغسطس|أوت|غشت|august|aug|août|aout",
    9: "أيلول|سبتمبر|شتنبر|september|sept|sep|septembre",
    10: "تشرين الأول|تشرين أول|تشرين1|أكتوبر|اكتوبر|أوكتوبر|october|oct|octobre",
    11: "تشرين الثاني|تشرين ثاني|تشرين2|نوفمبر|نونبر|november|nov|novembre",
    12: "كانون الأول|كانون أول|كانون1|ديسمبر|دجنبر|december|dec|décembre|decembre",
}
HIJRI_SPELLINGS = {
    1: "محرم|المحرم|محرم الحرام",
    2: "صفر",
    3: "ربيع الأول|ربيع أول|ربيع الاول",
    4: "ربيع الآخر|ربيع الثاني|ربيع ثاني|ربيع آخر",
    5: "جمادى الأولى|جمادى الأول|جمادى الاولى|جماد الأول|جماد أول|جمادى أولى",
    6: "جمادى الآخرة|جمادى الثانية|جمادى الثاني|جماد الآخر|جماد الثاني|جمادى الآخر|جماد ثاني",
    7: "رجب",
    8: "شعبان",
    9: "رمضان",
    10: "شوال",
    11: "ذو القعدة|ذي القعدة|ذوالقعدة|ذي قعدة",
    12: "ذو الحجة|ذي الحجة|ذوالحجة|ذي حجة",
}
