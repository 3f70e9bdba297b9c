"""What the words around a figure say of it, in English: that it compares, is set, planned, paid or made up.

Each pattern is for one sentence, or for the part of it before or behind the figure.
"""

from __future__ import annotations

import re


def _any(text: str) -> str:
    """A list of expressions, set apart by spaces, as alternatives. In them, `_` is a space."""
    return "|".join(text.split()).replace("_", " ")


_COMPARATIVES = _any(r"""
    more less fewer higher lower greater bigger larger smaller faster slower better worse cheaper longer shorter
    quicker stronger richer lighter safer simpler smarter cleaner deeper wider earlier sooner leaner smoother sharper
    easier happier healthier likelier busier
    as_(?:fast|likely|much|many|long|often|well|good|quickly|expensive)
    as_(?:effective|productive|efficient|accurate)\w*
    as_(?:big|large|high|strong)
""")
_CHANGES = _any("""
    increases? growth rise reductions? drop decreases? declines? improvements? boost uplift lift gains? savings? jump
    surge speed-?ups? returns? roi roas cut hike spike
""")
_RESULTS = _any("""
    revenue sales growth productivity output value conversions? leads pipeline engagement traffic performance
    throughput impact results speed profits? efficiency capacity accuracy volume roi roas returns? replies responses
    sign-?ups clicks opens reach views coverage
""")
# What can be boasted of, and what is measured by a share.
_QUALITIES = _any(r"""
    accura(?:te|cy) uptime availability satisf(?:action|ied) csat retention renewals? recall precision approval
    on[-_]time happy effective efficient success(?:ful)? adoption secure renewable recycled compliance compliant
    market_share churn share_of occupancy growth savings? reduction increase improvement return roi conversions?
    participation penetration (?:[\w-]+_)?rates? average
""")
_ABOUT = (
    r"(?:(?:about|around|over|nearly|almost|roughly|some|only|just|at least|at most|up to|less than|more than|an?) )*"
)

# Behind a figure: it compares.
COMPARES = re.compile(
    rf"[+]?[\s-](?:{_COMPARATIVES})\b|[+]?[\s-](?:[\w’'-]+[\s-]){{0,2}}(?:{_CHANGES})\b(?!\s(?:target|goal|quota))",
    re.I,
)
# Before a figure: something changes by it or to it.
CHANGES_BY = re.compile(
    r"\b(?:"
    + _any(r"""
        increas(?:e[sd]?|ing) reduc(?:e[sd]?|ing) cut(?:s|ting)? boost(?:s|ed|ing)? rais(?:e[sd]?|ing)
        gr[eo]w(?:s|n|ing)? improv(?:e[sd]?|ing) sav(?:e[sd]?|ing) ris(?:es?|en|ing) rose drop(?:s|ped|ping)?
        f[ea]ll(?:s|en|ing)? lower(?:s|ed|ing)? shr[aiu]nk(?:s|ing)? slash(?:e[sd]|ing)? jump(?:s|ed|ing)?
        climb(?:s|ed|ing)? surg(?:e[sd]?|ing) (?:doubl|tripl|quadrupl)(?:es?|ed|ing) declin(?:e[sd]?|ing)
        decreas(?:e[sd]?|ing) gain(?:s|ed|ing)? los(?:es?|t|ing) accelerat\w+ spe?ed(?:s|ing)? outperform\w*
        beat(?:s|ing)? went reclaim\w* plunged? soar\w* skyrocket\w* eliminat\w+ (?:free|win|get|gets)_(?:up|back)
        earn(?:s|ed|ing)? (?<!take_)(?<!takes_)(?<!make_)(?<!makes_)(?<!made_)(?<!back_)(?:up|down)(?!_to\b)
    """)
    + r")\b(?:[\s,(–-]{1,3}[\w’'&%.-]+){0,8}?[\s(~–-]{0,3}$",
    re.I,
)
# Behind a multiple: what is multiplied. Else it is a name or an enlargement: 10x engineers, 2x images.
MULTIPLIES = re.compile(
    rf"[+]?\s(?:(?:{_COMPARATIVES})\b|(?-i:{_CHANGES}|{_RESULTS}|ROI|ROAS|ARR)\b|(?:the|your|our|their|its|his|her)\s"
    r"(?!delay|size|width|height|length|interval|timeout|distance|original|default|minimum|maximum|normal)"
    rf"|(?!and\b|or\b|program|team|project|fund)(?-i:[a-z-]+)\s(?:{_CHANGES}|{_RESULTS})\b)",
    re.I,
)

# Behind a figure that is no claim: an offer, pay, a setting, the state of a draft, a share of a company, a target.
OTHER_THING = re.compile(
    r"\s?[+)]?[\s-]?(?:[–—-]\s?\d+(?:\.\d+)?\s?%\s)?"
    r"(?:(?:sales|late|referral|service|transaction|annual|yearly|one-time|employer|company|profit|image|jpe?g|colou?r|"
    r"screen|first|rough|final) ){0,2}(?:"
    + _any(r"""
        off\b discounts?\b rebates?\b cash[-_]?back refund vat\b tax(?:es)?\b duty\b interest\b ap[ry]\b fees?\b
        surcharge commissions?\b deposit royalt tip\b coupon bonus equity\b match(?:ing)?\b contribution stake\b
        ownership vest quality\b opacity opaque transparen zoom brightness volume\b(?!_of) width height tint\b black\b
        white\b gr[ae]y\b saturation contrast\b scale\b magnification speed\b wide\b tall\b drafts?\b drafted done\b
        completed?\b finished ready\b baked there\b written\b polished final\b version mark\b stage\b milestone
        checkpoint use[-_]case rule\b means\b stands_for equals?\b time(?=[.,;:!?)]|$)
        of_(?:(?:the|its|all|our|their)_)?(?:(?:outstanding|voting|company)_)?(?:shares|stock|voting_rights|equity)\b
        of_(?:the|an?|your|its|their|each)_(?:[\w’'-]+_)?(?:width|height|size|slide|page(?!_\w)|screen|image)\b
        of_(?:the|an?|your|its|their|each)_(?:[\w’'-]+_)?(?:viewport|canvas|picture|logo|original|file|frame)\b
        of_(?:the|an?|your|its|their|each)_(?:[\w’'-]+_)?(?:memory|cluster|disk|container)\b
        (?:[\w-]+_){0,2}(?:targets?|goals?|quotas?|attainment|thresholds?)\b
    """)
    + ")",
    re.I,
)
# Before one that is set, drafted, offered or owned.
IS_SET_TO = re.compile(
    r"\b(?:"
    + _any(r"""
        sets? setting adjust\w* chang\w+ turn\w* scaled? zoom\w* resiz\w+ dim\w* compress\w* default\w* configur\w+
        roll(?:ed|ing)?_out rollout expose\w* volume works? working thresholds? limit(?:ed|s)? capped cap fees?
        commissions? discounts? tax interest vat apr deposit stake margins? markup royalt(?:y|ies) drafts? progress
        completion quality scale width height (?:a|their|its|our)_cut battery probability confidence likelihood
        ownership
    """)
    + r")(?: level| rate| value| size| settings?| out| in| up| down)?\s?"
    r"(?:(?:is|are|was|at|to|of|on|between|exceeds?|reach(?:es)?|above|below|over|under|for|from|[:=(]) ?){0,2}"
    + _ABOUT
    + r"(?:\d+(?:\.\d+)?\s?%?\s?(?:[–—-]|to|and|or|,)\s?){0,2}$",
    re.I,
)
PICTURED = re.compile(
    r"\b(?:opacity|brightness|zoom|contrast|saturation|exposure|font[- ]size|line[- ]height|padding|hue|sharpness)"
    r"\b[^.;,]{0,30}$",
    re.I,
)
PAID = re.compile(
    r"\b(?:"
    + _any(r"""
        salar(?:y|ies|ied) bonus(?:es)?(?!_(?:points?|tips?|tracks?|content|features?)) stock_options? rsus?
        vest(?:s|ed|ing)? 401\s?\(?k\)? pensions? deductibles? co-?pays? pto
        (?:parental|maternity|paternity|paid|sick|annual)_leave paid_time_off stipends? reimburs\w+ per_diem severance
        wages? ote base_pay relocation pay_(?:rise|raise|band|range|grade|scale|cut|increase)s?
        (?:health|dental|medical|life|vision|disability)_(?:insurance|plans?|coverage|cover|premiums?|benefits?)
        (?:insurance|monthly|employees?(?:['’]s|s['’])?)_premiums?
        (?:employee|staff|fringe|company|workplace|social)_benefits benefits?_(?:package|plan|program|programme)s?
        dependents dependants retirement superannuation compensation employer full-time_equivalent fte anniversary
        vacation holiday_pay overtime expense_polic\w+ cost[-_]of[-_]living (?:annual|yearly|pay|salary|merit)_raises?
        raises?_(?:are|were|averaged?) merit_increases?
    """)
    + r")\b",
    re.I,
)
SAVED = re.compile(r"\bsav(?:e[sd]?|ings?|ing)\b", re.I)
PLANNED = re.compile(
    r"\b(?:goal|target|objective|aim|ambition|aspiration|north star|benchmark)s?"
    r"(?: for [\w’'-]+(?: [\w’'-]+){0,4}?)?\s?(?:is|are|was|were|of|to|at|:|=|–|—|-)(?!\w)"
    r"|\b(?:"
    + _any(r"""
        okrs? krs? kr_?\d key_results? quotas? forecast(?:s|ed|ing)? budget(?:s|ed|ing)? roadmaps? attainment
        on_track_(?:to|for) stretch_goals? success_(?:metric|criteri)\w* (?:exit|acceptance)_criteri\w*
        success_(?:looks_like|means|would_be) (?:aim|shoot|strive|push|look|plan)_(?:for|at)
    """)
    + r")\b"
    r"|\b(?:we|i|they|team|company|organi[sz]ation|agency|department|group|everyone|nobody|management)"
    r"(?:['’](?:d|re|ll|ve))?(?: (?:would|also|still|now|will|really|both|all|are|is|want|have|need)){0,2} (?:"
    + _any("""
        want(?:s|ed)? like plan(?:s|ned|ning)? hop(?:es?|ed|ing) aim(?:s|ed|ing)? intend(?:s|ed)? expect(?:s|ed|ing)?
        aspir(?:es?|ed|ing) striv(?:es?|ing) need(?:s|ed)? looking shooting pushing target(?:s|ed|ing)?
        commit(?:s|ted)?
    """)
    + rf")(?:(?: [\w’'-]+){{0,2}} (?:to|for|at)\b| {_ABOUT}$)"
    r"|\b(?:plan|strategy|bet|focus) (?:is|was) to\b|\b(?:plan|strategy):"
    r"|\blet['’]?s (?:target|aim|try|get|hit|reach)\b"
    r"|\b(?:we|i|they|team) (?:should|must|have to)\b|^\W{0,3}(?:aim|plan|strive|try|target)\b",
    re.I,
)
PLANNED_BEHIND = re.compile(
    r"\b(?:as (?:an?|the|our) (?:goal|target|minimum|baseline|objective|ambition)"
    r"|(?:is|was|are) (?:an?|the|our|their) (?:[\w-]+ )?(?:goal|target|objective|ambition|quota))\b",
    re.I,
)
# A task with its day: reach 95% by Q3.
TASK = re.compile(
    r"^\W{0,3}(?:to )?(?:"
    + _any("""
        increase reduce grow improve achieve reach maintain hit drive deliver keep raise get complete decrease cut
        move bring ensure lower double triple close source generate attain launch ship make
    """)
    + r")\b",
    re.I,
)
DAY = re.compile(
    r"\b(?:by|before|in|until|this|next|within|for|during|each|every|per) (?:the )?(?:end of|start of|q[1-4]\b|h[12]\b|"
    r"eo[qy]\b|fy ?\d|quarter\b|next (?:quarter|year|month)|year[ -]end)",
    re.I,
)
SUPPOSED = re.compile(
    r"\b(?:suppos(?:e|ing)|imagine|let['’]?s (?:say|assume|pretend|imagine)|say,|examples?:|hypothetical\w*|"
    r"assum(?:e[sd]?|ing|ptions?)|pretend)(?!\w)|(?:^|[;:,] )say $",
    re.I,
)
MADE_UP = re.compile(
    r"\b(?:made[ -]up|fictional|fictitious|placeholder|lorem|dummy|(?:sample|test|mock) data|"
    r"demo (?:data|accounts?|environment|workspace|tenant|org))\b",
    re.I,
)
# What is offered to those who pay, and given to those who sell.
OFFERED = re.compile(
    r"\b(?:promo|coupon|voucher|(?:with|use) (?:the |this |our )?(?:discount |promo )?code|valid id|black friday sale|"
    r"cyber monday|pay(?:ing)? (?:yearly|annually|upfront|monthly)|billed|first order|site-?wide)\b"
    r"|\b(?:affiliates?|resellers?|referrers?|(?:referral|channel) partners?)\b[^.;]{0,30}\b"
    r"(?:earn|keep|get|receive|take)s?\b",
    re.I,
)
# Who is meant, by what they have: companies with $50 million in revenue.
SEGMENT = re.compile(
    r"\b(?:"
    + _any("""
        companies businesses accounts? firms? organi[sz]ations? enterprises? people households those anyone customers
        deals? segments? tier brackets? incomes? borrowers prospects leads opportunit(?:y|ies)
    """)
    + r")\b[^.;,]{0,40}?\b(?:with|who|that|over|above|between|making|earning|doing|worth|under|below|having|whose|of|"
    r"at least|up to|from)\b[^.;,]{0,30}$",
    re.I,
)
RAISED_TO = re.compile(r"\b(?:rais|grow|lower|increas)\w* (?:the|its|their|our|his|her) (?:[\w’'-]+ ){1,4}to\s?$", re.I)
GAINED = re.compile(r"\b(?:sav|gain|los[ti]|lose|rais|grew|generat|add|recover|w[oi]n)\w*", re.I)
NO_MORE_THAN = re.compile(r"\b(?:no|not) (?:more|larger|less|greater|smaller|higher|lower|fewer) than\s?$", re.I)
VERB_NEXT = re.compile(
    r"(?:^\W{0,3}|[,;:–—] ?|\b(?:to|will|can|could|would|may|might|and|or|helps?|you|we|they|customers|teams) )$",
    re.I,
)
THE = re.compile(r"\bthe\s?$", re.I)
AT = re.compile(r"\bat\s?$", re.I)
FROM = re.compile(r"\bfrom\s(?:about |around |roughly |just |only )?$", re.I)
PROPER_NAME = re.compile(r"\s[A-Z][a-z]+")
RANGE = re.compile(r"\s?(?:[–—-]|to\b|or\b)\s?\d+(?:[.,]\d+)?\s?(?:%|percent\b|per cent\b)", re.I)

# Beside these, only a figure that compares is a claim.
EXAMPLE = re.compile(
    r"\b(?:e\.g|as an example|means?)\b|\bsuch as [^,;.]{0,40}$"
    r"|(?:^|[,;:(–—]) ?(?:and |or |but )?(?:if|unless|when(?:ever)?|once|whether)\b[^,;]*$",
    re.I,
)
RULED = re.compile(
    r"\b(?:"
    + _any(r"""
        must should shall needs?_to may_not cannot_exceed
        no_(?:more|larger|less|greater|smaller|higher|lower|fewer|later)_than not_(?:to_)?exceed minimum maximum
        required?s? requirements? ensure make_sure allowed permitted eligib\w+ qualif\w+ thresholds? limit(?:s|ed)?
        capped trigger\w* canary a/b[-_]tests? holdout control_group quorum means_that clause liab\w+ penalt\w+
        shareholders? voting outstanding_shares dilut\w+
        (?:alert|notif\w+|warn\w*|flag)s?_(?:\w+_){0,2}(?:if|when|at|once|above|below)
        (?:enabl|deploy|releas|roll|expos|ship|show)\w*_(?:[\w’'-]+_){0,4}?to
    """)
    + r")\b",
    re.I,
)
# Something that is not words, such as code, in the midst of the sentence.
OBJECT_INSIDE = re.compile(r"\w\s?\ufffc|\ufffc\s?\w")
TECHNICAL = re.compile(
    r"\b(?:"
    + _any(r"""
        css configur\w* settings setting(?!_[a-z]) parameters? variables? flags? default\w* pixels? px viewport fonts?
        column_width canvas slider toggle rgb cmyk aspect_ratio dpi ppi crop\w* thumbnails? jpe?g png webp gif svg
        compress\w* resolution codec bitrate cpus? gpus? ram memory disk heap cache timeouts? retries sampling
        sample_rate rollout interval back-?off roll(?:ed|ing)?_out percentile radius sigma blur batter(?:y|ies) layout
        margin-\w+ indentation render\w* matrix formula equations? calculat\w+ divid\w+ multipl(?:y|ied)
        weight(?:s|ed|ing) numerals? spell(?:ed)?_out percent(?:age)?_(?:sign|symbol) style_guide load_average
        utili[sz]ation replicas? nodes? sandbox mock significance p-values?
    """)
    + r")\b",
    re.I,
)
GRADED = re.compile(
    r"\b(?:"
    + _any(r"""
        scale likert rubric quiz exams? grad(?:e[sd]?|ing) pass(?:es|ed|ing)?_(?:mark|score|grade|rate|the)
        stars?_means probabilit\w+ likelihood chances? confiden(?:ce|t) certain sure odds stage_\d self-assess\w*
        performance_review rate_yourself
    """)
    + r")\b",
    re.I,
)
SCORED = re.compile(r"\b(?:scor(?:e[sd]?|ing)|ratings?|rated|rate (?:your|the|each|this|it|how))\b", re.I)
OURS = re.compile(
    r"\b(?:we|our|ours|us|customers?|users?|clients?|buyers?|satisfaction|csat|on g2|capterra|reviews?)\b", re.I
)
DRAFTED = re.compile(r"\b(?:drafts?|wip|work[ -]in[ -]progress|mock-?up)\b", re.I)
TERMS = re.compile(
    r"\b(?:"
    + _any(r"""
        discount\w* fees? commissions? royalt\w+ resell\w* referral pric(?:e|es|ing) refund\w* deposits? premiums?
        payments? partner_margin markup coupons? vouchers? charge[sd]? billed tax\w* interest apr loan mortgage
        rev(?:enue)?_share allowance perks? raffle prizes?
        (?:we|company|employer|firm)(?:['’]ll|_will|_also|_would)?_(?:match|contribut|pay|reimburs|subsidi|sponsor)\w*
    """)
    + r")\b",
    re.I,
)
ALLOTS = re.compile(
    r"(?:^\W{0,3}|\b(?:you|we|i|they|team|should|must|to|will|can|may|please)(?:['’]ll)? (?:will |can |should )?)"
    r"(?:spend|dedicate|allocate|devote|reserve|invest|set aside|split|work|block)\b",
    re.I,
)
ALLOTTED = re.compile(
    r"\s?of (?:your|my|our|an employee['’]s|the team['’]s) (?:work(?:ing)? )?"
    r"(?:time|week|hours|sprints?|capacity|day|effort|focus)\b",
    re.I,
)
# What the reader is told to enter.
TAKE = re.compile(
    r"^\W{0,3}(?:sample|choose|pick|take|select|use|add|subtract|crop|print|write|enter|type|apply)\b[^.,;]{0,30}$",
    re.I,
)
OF_THE_TIME = re.compile(r"\s?of the time\b", re.I)
OUT_OF = re.compile(r"\w (?:in|out of) ", re.I)
# A label and its figure: Stage 2 - 10%.
LABEL = re.compile(r"^[^.!?\n]{0,60}[:=–—|-]\s?[~<>≥≤+]?\s?$")
GOOD_LABEL = re.compile(rf"\b(?:{_QUALITIES}|revenue)\b(?! (?:stage|target|goal|plan))", re.I)

# Behind a share of many people or cases: it counts them.
COUNTS = re.compile(
    r"[+]?\)?\s(?:of|in) (?:all (?:[\w’'-]+ ){0,2}(?-i:[a-z]{3,}s)\b|(?:[\w.’'-]+ ){0,4}?(?:"
    + _any("""
        people customers? users? clients? buyers? marketers? teams? companies businesses enterprises organi[sz]ations?
        firms start-?ups brands retailers manufacturers banks insurers hospitals agencies respondents? participants?
        adults? americans? europeans? consumers? employees workers? reps? sellers? drivers salespeople leaders
        executives managers developers engineers professionals visitors? visits sessions traffic searches questions
        inquiries calls chats tickets requests e?-?mails? messages deals leads orders bookings deliveries invoices
        payments transactions purchases applications sites websites pages apps projects campaigns ads students
        teachers patients doctors women men families households citizens millennials shoppers subscribers members
        readers viewers voters owners parents children homes population workforce staff audiences? content videos?
        views downloads installs clicks opens revenue sales market spend spending costs emissions waste energy errors
        bugs incidents attacks breaches failures cases time volume growth data tasks work(?:load)? decisions handoffs
        returns submissions ideas devices phones activations usage interactions holdings queries investments?
        expenditures countries cities states schools universities programs? those them us year_olds
        (?-i:[a-z]{3,}(?:ers|ors|ists|ants|ians|ees))
    """)
    + r")\b)",
    re.I,
)
# Behind a share: what they do, or what it is a share of: 37% named processes, 99.9% uptime.
TELLS = re.compile(
    rf"[+]?\)?\s(?:(?:also|now|still|already|never|always|actually|regularly|of them|of those)\s)?(?:{_QUALITIES}|"
    + _any(r"""
        say said agreed? named? report(?:ed)? used? prefer(?:red)? believed? think thought would have had are were did
        do don['’]t trust(?:ed)? recommend(?:ed)? renew(?:ed)? want(?:ed)? plan planned rated? buy bought cited?
        expect(?:ed)? feel felt consider(?:ed)? pass(?:ed)? saw see chose choose stay(?:ed)? left leave comes? came
        own(?:ed)? live work(?:ed)? read watch(?:ed)? tweet(?:ed)? start(?:ed)? stopped switched struggled?
        lack(?:ed)? found find access(?:ed)? blamed? enabled fell_under
    """)
    + r")\b",
    re.I,
)
TELLS_BEFORE = re.compile(
    rf"\b(?:{_QUALITIES})(?: [\w’'-]+){{0,5}}?[\s(~:]{{0,3}}$|\b(?:"
    + _any("""
        (?:cited|used|owned|shared|preferred|trusted|named|chosen|recommended|loved|read|watched|followed)_by
        account(?:s|ed|ing)?_for mak(?:es?|ing)_up made_up drives? driving represent(?:s|ed)? compared_(?:to|with)
        versus
    """)
    + r")(?: [\w’'-]+){0,3}?\s?$|[\w)’'] \($",
    re.I,
)
# Behind a first place that is not better than others.
FIRST_THING = re.compile(
    r"\W{1,3}(?:"
    + _any(r"""
        priorit\w+ reasons? goals? rules? things? problems? challenges? questions? causes? concerns? mistakes? ways?
        tips? jobs? steps? issues? complaints? requests? killers? enem(?:y|ies) pains? obstacles? barriers? risks?
        threats? practices? vehicles? standards? examples? approach(?:es)? methods? indicators? candidates?
        and_trailing contenders? theor(?:y|ies) takeaways? lessons? focus task skill topics? item fear value suspect
        fan songs? hits? movies? asks? benchmarks?
    """)
    + r")\b",
    re.I,
)
BEING = re.compile(r"\b(?:we|we['’]re|us|our|are|were|become|became|among|remain|as)(?: the| all| now)?\s?$", re.I)
