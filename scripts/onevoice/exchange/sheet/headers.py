"""What people call the columns of a word list, in many languages, and what they write in them for a part of speech."""

from __future__ import annotations

import functools
import re
import unicodedata

# A column's key is where its text goes in a term's record; these are no keys of a record.
WORD, INSTEAD, CONCEPT, LANGUAGE, IGNORED = "term", "instead", "concept", "language", "left out"

# Key -> names of columns, folded. `term` is a word of which other columns say whether it's right.
_NAMES = {
    "preferred": """
        preferred, preferred term, preferred word, preferred name, preferred form, preferred spelling,
        preferred usage, use, use this, we use, we say, we write, say, say this, write, do say, do, do use, dos,
        correct, correct term, correct form, correct spelling, correct usage, right, approved, approved term,
        approved word, approved name, recommended, recommended term, our term, our word, our name, main term,
        standard term, headword, replacement, replace with, better, good, canonical, label, preflabel, pref label,
        to, bevorzugt, bevorzugte benennung, bevorzugter begriff, vorzugsbenennung, vorzugswort, verwenden, richtig,
        korrekt, empfohlen, schreibweise, richtige schreibweise, unser begriff, so schreiben wir, besser,
        stattdessen verwenden, terme préféré, terme privilégié, terme recommandé, terme correct, à utiliser,
        utiliser, recommandé, dire, on dit, término preferido, término recomendado, término correcto, usar,
        preferido, correcto, decir, recomendado, termine preferito, termine corretto, da usare, usare, preferito,
        corretto, consigliato, termo preferido, termo preferencial, correto, preferencial, voorkeursterm,
        voorkeurswoord, gebruiken, gebruik, juist, wel, föredragen term, rekommenderad term, använd, skriv,
        foretrukket term, foretrukken term, brug, bruk, anbefalt, suositeltava termi, käytä, termin preferowany,
        używaj, poprawnie, preferovaný termín, používat, správně, предпочтительный термин, предпочтительно,
        правильно, используем, рекомендуемый термин, рекомендуется, 推奨, 推奨用語, 優先用語, 正しい表記, 使う,
        使用する, 正, 首选术语, 首选, 推荐, 推荐用语, 正确, 권장, 권장 용어, 올바른 표기, tercih edilen,
        tercih edilen terim, doğru, kullan, المصطلح المفضل, المفضل, מונח מועדף
        """,
    WORD: """
        term, terms, word, words, name, phrase, entry, expression, terminology, glossary term, business term,
        word or phrase, source term, key term, item, from, begriff, begriffe, benennung, wort, wörter, ausdruck,
        bezeichnung, fachbegriff, terminus, eintrag, stichwort, terme, termes, mot, mots, vocable, intitulé,
        libellé, término, términos, termino, palabra, palabras, expresión, vocablo, termine, termini, parola,
        parole, espressione, voce, termo, termos, palavra, palavras, expressão, woord, woorden, uitdrukking, ord,
        uttryck, udtryk, uttrykk, termi, sana, termin, słowo, pojęcie, wyraz, termín, slovo, pojem, výraz,
        kifejezés, szó, термин, слово, понятие, термін, 用語, 単語, 言葉, 词, 词语, 术语, 用语, 용어, 단어, terim,
        kelime, sözcük, مصطلح, المصطلح, מונח, όρος
        """,
    INSTEAD: """
        use instead, instead use, instead, use this instead, say instead, write instead, preferred alternative,
        alternative, alternatives, better alternative, suggested alternative, suggestion, substitute,
        recommended alternative, stattdessen, besser stattdessen, ersatz, alternative benennung, ersetzen durch,
        alternativvorschlag, à la place, utiliser plutôt, plutôt, remplacer par, remplacement, préférer,
        en su lugar, usar en su lugar, usar en cambio, reemplazar por, alternativa, mejor, al suo posto,
        usare invece, invece, em vez disso, substituir por, in plaats daarvan, liever, vervangen door,
        använd istället, i stället, brug i stedet, i stedet, bruk i stedet, zamiast tego, místo toho, вместо этого,
        заменить на, замена, 代わりに, 言い換え, 替代, 替换为, 대신, 대체어, yerine
        """,
    "avoid.term": """
        avoid, avoided, avoid term, avoided term, avoid terms, avoided terms, words to avoid, word to avoid,
        terms to avoid, term to avoid, dont use, do not use, dont say, do not say, dont write, do not write,
        we dont say, dont, donts, never, never use, never say, not, not this, not use, instead of, rather than,
        incorrect, incorrect term, incorrect usage, wrong, wrong term, wrong word, wrong spelling, misspelling,
        misspellings, forbidden, forbidden term, forbidden terms, forbidden words, banned, banned word,
        banned words, banned terms, blacklist, denylist, blocklist, deprecated, deprecated term, deprecated terms,
        deprecated names, discouraged, discouraged terms, disallowed, disallowed terms, unapproved, unapproved term,
        unapproved terms, not approved, not allowed, not recommended, bad, off brand, offbrand, off brand terms,
        prohibited, prohibited terms, rejected, hidden label, old term, old name, former name, variants to avoid,
        avoid using, words we avoid, words we dont use, unwanted, nicht verwenden, nicht verwendet, nicht benutzen,
        nicht sagen, nicht schreiben, nicht, vermeiden, zu vermeiden, vermeidung, verboten, verbotene benennung,
        verbotene benennungen, verbotene begriffe, verbotene wörter, unzulässig, unerwünscht,
        unerwünschte benennung, falsch, falsche schreibweise, statt, anstatt, nicht erlaubt, nicht mehr verwenden,
        negativliste, veraltet, tabu, à éviter, a éviter, éviter, ne pas utiliser, ne pas employer, ne pas dire,
        ne pas écrire, interdit, interdits, terme interdit, termes interdits, termes à éviter, mots à éviter,
        proscrit, proscrits, déconseillé, incorrecte, terme à éviter, au lieu de, terme à proscrire, à proscrire,
        à bannir, faux, evitar, a evitar, no usar, no utilizar, no decir, no escribir, prohibido,
        términos prohibidos, incorrecto, términos a evitar, palabras a evitar, término a evitar, en lugar de,
        en vez de, desaconsejado, no recomendado, evitare, da evitare, non usare, non utilizzare, vietato,
        scorretto, sbagliato, invece di, termini da evitare, não usar, não utilizar, proibido, incorreto,
        termos a evitar, em vez de, errado, vermijden, te vermijden, niet gebruiken, verboden, fout, niet, onjuist,
        in plaats van, undvik, använd inte, skriv inte, förbjuden, fel, undgå, brug ikke, unngå, ikke bruk, ikke,
        vältä, älä käytä, unikaj, nie używać, nie używaj, zakazane, błędnie, vyhnout se, nepoužívat, zakázané,
        špatně, kerülendő, не использовать, избегать, запрещено, запрещенные, неправильно, нельзя,
        нерекомендуемый термин, не рекомендуется, 使わない, 使用禁止, 禁止, 禁止用語, 非推奨, 避ける,
        避けるべき表現, ng, ngワード, 誤, 使用しない, 禁用, 避免, 不使用, 禁用词, 错误, 不推荐, 不要使用, 금지,
        금지어, 사용 금지, 피할 말, 비권장, kaçın, kullanma, yanlış, yasak, kaçınılacak, تجنب, لا تستخدم, להימנע
        """,
    "avoid.why": """
        why, why not, reason, reasons, rationale, explanation, because, justification, reason for avoiding,
        reasoning, warum, grund, begründung, gründe, erklärung, pourquoi, raison, raisons, motif, explication,
        por qué, por que, razón, motivo, justificación, explicación, perché, motivazione, motivi, razão,
        justificativa, waarom, reden, toelichting, varför, skäl, orsak, hvorfor, begrundelse, begrunnelse, miksi,
        syy, dlaczego, powód, uzasadnienie, proč, důvod, odůvodnění, почему, причина, обоснование, 理由, なぜ, 原因,
        이유, neden, sebep, السبب
        """,
    "definition": """
        definition, definitions, meaning, description, what it means, what is it, gloss, explanation of term, def,
        bedeutung, beschreibung, erläuterung, begriffserklärung, definition de, définition, signification, sens,
        definición, significado, descripción, definizione, significato, descrizione, definição, descrição,
        definitie, betekenis, omschrijving, beschrijving, betydelse, beskrivning, betydning, beskrivelse,
        määritelmä, kuvaus, selitys, definicja, znaczenie, opis, definice, význam, popis, meghatározás, definíció,
        определение, значение, описание, визначення, 定義, 意味, 説明, 定义, 含义, 释义, 说明, 정의, 의미, 뜻, 설명,
        tanım, anlam, açıklama, التعريف, תיאור, הגדרה, ορισμός
        """,
    "abbreviation": """
        abbreviation, abbreviations, abbr, abbrev, acronym, acronyms, short form, short name, short, initialism,
        abkürzung, abk, kürzel, kurzform, akronym, abréviation, abrév, sigle, acronyme, forme courte, abreviatura,
        abreviación, sigla, siglas, acrónimo, abbreviazione, acronimo, abreviação, afkorting, verkorting,
        förkortning, forkortelse, lyhenne, skrót, zkratka, rövidítés, сокращение, аббревиатура, 略語, 略称, 缩写,
        简称, 약어, kısaltma, اختصار
        """,
    "allowed": """
        allowed, also allowed, synonym, synonyms, variant, variants, also, aka, also known as, other names,
        other forms, admitted, admitted term, acceptable, accepted, alternate, alternate names, alternative names,
        alternative terms, alt label, altlabel, alternative label, permitted, permitted terms, variations,
        equivalents, also ok, ok, aliases, alias, erlaubt, auch erlaubt, zulässig, erlaubte benennung, synonyme,
        variante, varianten, auch, weitere benennungen, synonymes, variantes, autorisé, admis, accepté, toléré,
        sinónimos, sinónimo, permitido, aceptado, también, sinonimi, sinonimo, ammesso, consentito, sinônimos,
        sinônimo, aceito, synoniem, synoniemen, toegestaan, ook, synonymer, tillåtet, tilladt, tillatt, synonyymit,
        sallittu, synonimy, dozwolone, synonyma, povoleno, синонимы, синоним, допустимо, допускается, 同義語, 許容,
        可, 別名, 同义词, 允许, 别名, 동의어, 허용, eş anlamlı, izin verilen
        """,
    "part_of_speech": """
        part of speech, pos, word class, word type, grammar, lexical category, wordclass, wortart, wortklasse,
        partie du discours, catégorie grammaticale, nature, classe grammaticale, categoría gramatical,
        clase de palabra, categoria grammaticale, parte del discorso, classe gramatical, woordsoort, ordklass,
        ordklasse, sanaluokka, część mowy, slovní druh, szófaj, часть речи, 品詞, 词性, 품사, sözcük türü
        """,
    "area": """
        area, category, categories, domain, subject, subject area, topic, field, group, section, theme,
        department area, bereich, kategorie, fachgebiet, sachgebiet, thema, gruppe, rubrik, catégorie, domaine,
        thème, sujet, rubrique, categoría, área, tema, ámbito, dominio, categoria, ambito, argomento, área temática,
        categorie, onderwerp, domein, kategori, område, ämne, emne, luokka, aihe, kategoria, dziedzina, obszar,
        oblast, категория, область, тема, раздел, 分類, カテゴリ, カテゴリー, 分野, 类别, 分类, 领域, 분류,
        카테고리, 분야, alan
        """,
    "owner": """
        owner, owned by, team, responsible, responsible team, department, contact, maintainer, steward, term owner,
        verantwortlich, zuständig, zuständigkeit, eigentümer, abteilung, verantwortliche abteilung, ansprechpartner,
        responsable, propriétaire, équipe, service, département, propietario, equipo, departamento, proprietario,
        responsabile, squadra, reparto, responsável, equipe, eigenaar, verantwoordelijk, afdeling, ägare, ansvarig,
        ejer, ansvarlig, eier, omistaja, właściciel, zespół, vlastník, tým, владелец, ответственный, команда, 担当,
        担当者, 担当部署, 负责人, 所有者, 部门, 담당, 담당자, 담당 부서, sahip, sorumlu
        """,
    "sources": """
        source, sources, reference, references, origin, citation, quelle, quellen, referenz, beleg, fundstelle,
        référence, provenance, fuente, fuentes, referencia, fonte, fonti, riferimento, fontes, referência, bron,
        bronnen, källa, kilde, lähde, źródło, zdroj, forrás, источник, источники, 出典, 参照, 来源, 出处, 출처,
        kaynak
        """,
    "note": """
        note, notes, comment, comments, remark, remarks, usage note, usage notes, usage, guidance, context, more,
        additional information, info, scope note, editorial note, how to use, anmerkung, anmerkungen, bemerkung,
        bemerkungen, hinweis, hinweise, kommentar, kommentare, notiz, kontext, verwendung, remarque, remarques,
        commentaire, commentaires, observations, contexte, nota, notas, comentario, comentarios, observaciones,
        observación, contexto, uso, osservazioni, commento, commenti, contesto, observação, observações, comentário,
        comentários, opmerking, opmerkingen, notitie, kanttekening, anmärkning, kommentarer, bemærkning, bemerkning,
        merknad, huomautus, huom, uwagi, uwaga, komentarz, poznámka, poznámky, komentář, megjegyzés, примечание,
        примечания, комментарий, 備考, 注, 注記, メモ, コメント, 备注, 注释, 说明备注, 비고, 참고, 메모, not,
        notlar, açıklamalar, ملاحظات, הערות
        """,
    "status": """
        status, state, approval, approval status, term status, usage status, administrative status, workflow status,
        statut, état, estado, stato, estatus, tila, stan, stav, állapot, статус, состояние, ステータス, 状態, 状态,
        상태, durum, الحالة, סטטוס, freigabe, verwendungsstatus, bewertung
        """,
    "examples.good": """
        good example, good examples, example, examples, example sentence, correct example, do example,
        usage example, sample sentence, in a sentence, beispiel, beispiele, beispielsatz, gutes beispiel, exemple,
        exemples, bon exemple, ejemplo, ejemplos, buen ejemplo, esempio, esempi, buon esempio, exemplo, exemplos,
        bom exemplo, voorbeeld, voorbeelden, exempel, eksempel, eksempler, esimerkki, przykład, příklad, példa,
        пример, примеры, 例, 用例, 例文, 示例, 例子, 例句, 예, 예시, 예문, örnek
        """,
    "examples.bad": """
        bad example, bad examples, wrong example, incorrect example, dont example, example to avoid, counterexample,
        schlechtes beispiel, gegenbeispiel, negativbeispiel, mauvais exemple, contre exemple, mal ejemplo,
        cattivo esempio, mau exemplo, slecht voorbeeld, dåligt exempel, dårligt eksempel, zły przykład,
        špatný příklad, плохой пример, 悪い例, 反例, 나쁜 예
        """,
    "related": """
        related, related terms, related term, see also, see, siehe auch, verwandt, verwandte begriffe, voir aussi,
        termes associés, véase también, ver también, términos relacionados, vedi anche, ver também, zie ook,
        se även, se også, katso myös, zobacz też, viz také, см. также, 関連語, 関連用語, 相关术语, 관련 용어
        """,
    "except": """
        except, exception, exceptions, unless part of, fine in, ausnahme, ausnahmen, excepción, excepciones,
        eccezione, eccezioni, exceção, exceções, uitzondering, uitzonderingen, undantag, undtagelse, wyjątki,
        výjimky, исключения, исключение, 例外, 예외
        """,
    "avoid.level": """
        level, severity, priority, schweregrad, stufe, gravité, niveau, gravedad, nivel, gravità, 重要度
        """,
    "avoid.since": """
        since, valid from, from date, effective, effective date, gültig ab, seit, à partir du, desde, 適用日
        """,
    LANGUAGE: """
        language, lang, locale, language code, sprache, sprachcode, langue, idioma, lengua, lingua, língua, taal,
        språk, sprog, kieli, język, jazyk, nyelv, язык, мова, 言語, 语言, 언어, dil, اللغة, שפה
        """,
    CONCEPT: """
        concept, concept id, concept number, entry id, entry number, term id, termid, id, no, nr, number, key,
        record id, identifier, uid, konzept, konzept id, begriffsnummer, eintragsnummer, nummer, lfd nr, numéro,
        número, numero, identifiant, identificador, kennung, #, 番号, 编号, 번호
        """,
}  # fmt: skip

# Part of speech -> what people write for it.
_PARTS = {
    "noun": """
        noun n nouns substantiv nomen hauptwort nom sustantivo sostantivo substantivo nome zelfstandig substantiivi
        rzeczownik podstatné főnév существительное сущ 名詞 名词 명사 isim subst m f nt
        """,
    "verb": """
        verb v verbs verbe verbo werkwoord tätigkeitswort zeitwort verbi czasownik sloveso ige глагол 動詞 动词 동사
        fiil vb
        """,
    "adjective": """
        adjective adj adjectives adjektiv eigenschaftswort adjectif adjetivo aggettivo bijvoeglijk adjektiivi
        przymiotnik přídavné melléknév прилагательное прил 形容詞 形容词 형용사 sıfat
        """,
    "adverb": """
        adverb adv adverbs umstandswort adverbe adverbio avverbio advérbio bijwoord adverbi przysłówek příslovce
        határozószó наречие нареч 副詞 副词 부사 zarf
        """,
    "proper noun": """
        proper|noun proper|name propernoun name brand brand|name product|name product eigenname nom|propre
        nombre|propio nome|proprio nome|próprio eigennaam egennamn egenavn erisnimi nazwa|własna vlastní|jméno
        имя|собственное 固有名詞 专有名词 고유명사
        """,
    "phrase": """
        phrase phrases expression idiom ausdruck locution expresión frase espressione expressão uitdrukking fras
        uttryck wyrażenie výraz выражение 句 フレーズ 短语 구
        """,
}  # fmt: skip

# What a status says of a word, and of a record.
_STATUSES = {
    "preferred": """
        preferred preferredterm preferredtermadmnsts approved use recommended bevorzugt vorzugsbenennung freigegeben
        empfohlen préféré privilégié recommandé approuvé preferido recomendado aprobado preferito approvato aprovado
        voorkeur goedgekeurd standardized standardizedterm legal legalterm regulated regulatedterm ok yes final
        active live gültig aktiv verwenden do 推奨 承認済み 首选 批准 권장 승인
        """,
    "allowed": """
        admitted admittedterm admittedtermadmnsts allowed permitted acceptable accepted erlaubt zulässig zugelassen
        admis autorisé accepté toléré admitido permitido aceptado ammesso consentito toegestaan tolerated 許容 允许
        허용
        """,
    "avoid": """
        forbidden deprecated deprecatedterm deprecatedtermadmnsts notrecommended superseded supersededterm
        supersededtermadmnsts avoid avoided banned prohibited rejected obsolete obsoleteterm disallowed donotuse
        dontuse dont notallowed notapproved unapproved discouraged incorrect wrong nonpreferred verboten
        nichtverwenden unzulässig veraltet abgelehnt vermeiden nichterlaubt unerwünscht interdit proscrit
        déconseillé obsolète àéviter éviter prohibido evitar desaconsejado obsoleto nousar noutilizar vietato
        sconsigliato daevitare verboden afgekeurd vermijden no 禁止 非推奨 禁用 不推荐 금지 비권장 nichtempfohlen
        nichtzulässig
        """,
    "proposed": """
        proposed proposal draft new candidate pending underreview review inreview submitted suggested open entwurf
        vorschlag vorgeschlagen inprüfung neu proposé brouillon encours propuesto borrador pendiente proposto bozza
        voorstel concept wip inprogress 提案 草稿 待审 제안
        """,
    "retired": """
        retired archived withdrawn inactive expired zurückgezogen archiviert retiré archivé retirado archivado
        ritirato archiviato gearchiveerd
        """,
    "declined": """
        declined refused turneddown
        """,
}  # fmt: skip

_LANGUAGES = {
    "en": """
        english englisch anglais inglés inglese engels engelska 英語 英语 영어
        """,
    "de": """
        german deutsch allemand alemán tedesco duits tyska 独語 ドイツ語 德语 독일어
        """,
    "fr": """
        french französisch français francés francese frans franska フランス語 法语 프랑스어
        """,
    "es": """
        spanish spanisch espagnol español castellano spagnolo spaans spanska スペイン語 西班牙语 스페인어
        """,
    "it": """
        italian italienisch italien italiano italiaans italienska イタリア語 意大利语 이탈리아어
        """,
    "pt": """
        portuguese portugiesisch portugais portugués português portoghese portugees ポルトガル語 葡萄牙语
        """,
    "nl": """
        dutch niederländisch néerlandais neerlandés holandés olandese nederlands オランダ語 荷兰语
        """,
    "sv": """
        swedish schwedisch suédois sueco svedese zweeds svenska
        """,
    "da": """
        danish dänisch danois danés danese deens dansk
        """,
    "no": """
        norwegian norwegisch norvégien noruego norvegese noors norsk
        """,
    "fi": """
        finnish finnisch finnois finlandés finlandese fins suomi
        """,
    "pl": """
        polish polnisch polonais polaco polacco pools polski
        """,
    "cs": """
        czech tschechisch tchèque checo ceco tsjechisch čeština česky
        """,
    "hu": """
        hungarian ungarisch hongrois húngaro ungherese hongaars magyar
        """,
    "tr": """
        turkish türkisch turc turco turks türkçe
        """,
    "ru": """
        russian russisch russe ruso russo русский
        """,
    "uk": """
        ukrainian ukrainisch ukrainien ucraniano ucraino українська
        """,
    "ja": """
        japanese japanisch japonais japonés giapponese japans 日本語 日语 일본어
        """,
    "zh": """
        chinese chinesisch chinois chino cinese chinees 中国語 中文 汉语 중국어
        """,
    "ko": """
        korean koreanisch coréen coreano koreaans 韓国語 韩语 한국어
        """,
    "ar": """
        arabic arabisch arabe árabe arabo العربية
        """,
}  # fmt: skip
_TAG = re.compile(r"([a-z]{2,3})(?:[-_ ]([a-z]{4}))?(?:[-_ ]([a-z]{2}|[0-9]{3}))?")
_NOT_LETTERS = re.compile(r"[^\w#]+")
# A number at the end of one of several columns of a kind: "Avoid 2".
_NUMBERED = re.compile(r"(?<=\D) ?[0-9]{1,2}$")


def fold_header(text: str) -> str:
    """A header as it's looked up: its words in lowercase, without signs."""
    text = unicodedata.normalize("NFC", text).casefold().replace("'", "").replace("’", "")
    return " ".join(_NOT_LETTERS.sub(" ", text.replace("_", " ")).split())


def find_key(header: str) -> str:
    """The key that a header stands for; "" if nobody knows it."""
    folded = fold_header(header)
    return _KEYS.get(folded) or _KEYS.get(_NUMBERED.sub("", folded), "")


@functools.lru_cache(maxsize=4096)
def read_language_tag(header: str) -> str:
    """The tag of the language that a header names, such as `German`, `fr-CA` or `Term (DE)`; "" if it names none."""
    folded = fold_header(header)
    if tag := _LANGUAGE_TAGS.get(folded):
        return tag
    match = _TAG.fullmatch(header.strip().casefold())
    if match and match[1] in _LANGUAGES:
        script, region = (match[2] or "").title(), (match[3] or "").upper()
        return "-".join(part for part in (match[1], script, region) if part)
    return ""


@functools.lru_cache(maxsize=4096)
def read_part_of_speech(text: str) -> str:
    """The part of speech that people mean; "" if none of ours."""
    words = fold_header(text)
    return _PARTS_OF_SPEECH.get(words) or _PARTS_OF_SPEECH.get(words.split(" ")[0], "") if words else ""


@functools.lru_cache(maxsize=4096)
def read_status_word(text: str) -> str:
    """preferred, allowed, avoid, proposed, retired or declined, as a status says; "" if it says none of them."""
    return _STATUS_WORDS.get(fold_header(text).replace(" ", ""), "")


_KEYS: dict[str, str] = {}
for _key, _names in _NAMES.items():
    for _name in _names.split(","):
        _KEYS.setdefault(fold_header(_name), _key)
_PARTS_OF_SPEECH = {
    fold_header(name.replace("|", " ")): part for part, names in _PARTS.items() for name in names.split()
}
_STATUS_WORDS = {name: status for status, names in _STATUSES.items() for name in names.split()}
_LANGUAGE_TAGS = {name: tag for tag, names in _LANGUAGES.items() for name in names.split()}
