"""Words that say nothing about what a paper is about."""

from __future__ import annotations

_GRAMMAR = """
a about above across after again against all almost alone along already also although always am among
amongst an and another any anyone anything approach are around as at away back base based be became
because become becomes been before beforehand behind being below beside besides best better between beyond
big bigger both but by came can cannot could despite did do does doing done down due during each effective
efficient efficiently eg either else enough etc even ever every everyone everything except far fast faster
fewer five for former four from further furthermore good great had has have having he hence her here hers
him himself his how however i ie if in indeed instead into is it its itself just large larger largest
later latter least less lot made many may maybe me meanwhile method methods might more moreover most much
must my myself namely near neither never nevertheless new next nine no nobody none nonetheless nor not
nothing novel now nowhere of off often on once ones only onto or other others otherwise our ours ourselves
out over own per perhaps please propose proposed proposes put rather really regarding same seem seems
several she should simple simpler since six small smaller smallest so some somehow someone something
sometimes somewhat somewhere still such ten than that the their theirs them themselves then thence there
thereafter thereby therefore therein these they third this those though three through throughout thus to
together too toward towards under unless unlike until up upon us use used uses using usually versus very
via was we well were what whatever when whence whenever where whereas whereby wherein wherever whether
which whichever while who whoever whole whom whose why will with within without would yes yet you your
"""
GRAMMAR = frozenset(_GRAMMAR.split())
"""Words that only hold others together or praise them. Phrases reach over them: `mixture of experts`."""

_PHRASING = """
ability able abstract academic accept account achieve achieved achievement achieves achieving acquire
actual add added adding addition additional address addressed addresses addressing advance advanced
advancement advancements advances advantage advantages advice aim aimed aims allow allowed allowing allows
alternative alternatives amount amounts analyse analyses analysis analyze analyzed answer appealing appear
appears applicability applicable application applications applied applies apply applying approaches
appropriate arbitrary area areas argue arise arises art article aspect aspects assess attempt attempts
author authors available avoid aware baseline baselines basic basis behavior behaviors behaviour believe
benchmark benchmarks beneficial benefit benefits bring brings broad broader build building builds built
call called capabilities capability capable capture captures capturing carefully case cases certain
challenge challenges challenging change changes characteristic characteristics characterize choice choices
choose class clear close code codes collect collected com come comes common comparable compare compared
compares comparing comparison comparisons competitive complement complete complex complexity component
components comprehensive comprise compute concept concepts concern conclude conclusion condition
conditions conduct conducted conducting confirm consider considerable considered considering considers
consist consistent consisting consists constitute construct constructed contain containing contains
contemporary contrary contribute contribution contributions conventional correspond corresponding cost
costs counterpart counterparts create created creates creating critical crucial current data day deal
decade decrease deep define defined degree deliver demand demanding demonstrate demonstrated demonstrates
demonstrating depend dependent depending depends derive derived describe described describes design
designed designing desirable desired detail detailed details determine determined develop developed
developing development develops devise differ difference differences different difficult difficulties
difficulty direct direction directions discuss discussed display distinct diverse diversity drawback
drawbacks drive driven ease easier easy effect effectiveness effects efficacy efficiency effort efforts
eight element elements eliminate emerge emerged emergence emerging emphasize empirical employ employed
employing employs enable enabled enables enabling encounter end enhance enhanced enhancement enhances
enhancing ensure ensures ensuring entire equip especially essential establish established evaluate
evaluated evaluates evaluating evaluation evaluations evidence exact examine examined example examples
exceed exceeding excellent exhibit exhibits exist existing exists expand expanded expect expected
expensive experiment experimental experimentation experiments explain explicit exploit exploited
exploiting exploits explore explored explores exploring extend extended extending extends extensive extent
extra face facilitate facilitates fact factor factors fail fails fall favorable feasible feature features
few field fields final finally find finding findings finds fine first fit focus focused focuses focusing
follow followed following follows form formal formalize formed forms formulate formulated formulation
found foundation framework frameworks free frequent full function fundamental future gain gained gains gap
gaps general generality generalize github give given gives giving go goal goals greater group growing
growth guide handling hard held help helpful helping helps high higher highest highlight highlighting
highlights hold holds hope html http https huge hundred hundreds idea ideas identified identifies identify
identifying illustrate impact impacts implement implementation implemented imply importance important
impose impressive improve improved improvement improvements improves improving include included includes
including incorporate incorporated incorporates incorporating increase increased increases increasing
independent indicate indicates individual influence information informative inherent initial innovative
input insight insights inspire inspired instance instances integrate integrated integrates integrating
interest interesting interestingly introduce introduced introduces introducing introduction investigate
investigated investigates investigating investigation involve involved involves involving issue issues
keep key kind kinds know known lack lacking lacks largely last latest lead leading leads learn learned
learning learns learnt leave led level levels leverage leveraged leverages leveraging lies like limit
limitation limitations limited limiting limits line literature little long longer look low lower main
maintain maintaining maintains major majority make makes making manner master match matter maximum mean
meaningful means measure measured mechanism mechanisms meet merely methodologies methodology million
minimal minimize minimum minor mitigate mitigates mitigating model modeling modelling models modern modest
modification modify module modules motivate motivated multiple natural nature necessary need needed needs
network networks neural notable note notion number numbers numerical numerous object objective objectives
observation observations observe observed obtain obtained obtaining obtains occur offer offering offers
one open operate opportunities opportunity optimal option order original outcome outcomes outline
outperform outperformed outperforming outperforms output outputs overall overcome overcomes overcoming
overview page pages paper papers paradigm parameter parameters part particular particularly parts past
percent perform performance performances performed performing performs perspective phenomenon pipeline
place play plays point points poor popular pose poses posit position possess possible potential
potentially power powerful practical practice practices practitioner precise presence present presented
presenting presents prevalent prevent previous primary principle principled principles prior problem
problems procedure procedures process processes processing produce produced produces producing profound
progress project prominent promise promising promote proper properties property proposal proposing prove
proved proven provide provided provides providing purpose quality question questions quick quite raise
random range rapid rate reach reaches reaching read ready real realistic reason reasonable receive
received recent reduce reduced reduces reducing reduction refer regard relate related relative release
released releasing relevant reliable relies rely relying remain remaining remains remarkable report
reported reports represent require required requirement requirements requires requiring research
researcher researchers resource respect respective respectively result resulted resulting results reveal
revealing reveals review rich rise robust role run running say scale scenario scenarios scheme schemes
scope score second section see seek seen sense separate serve serves set sets setting settings setup seven
short shortcoming shortcomings show showcase showcases showcasing showed showing shown shows significance
significant similar simplicity simplify simultaneous single size slight solution solutions solve solved
solves solving sophisticated sort sota special specific stage stages standard start state statistical step
steps straightforward strategic strategies strategy strength strengths strict strong stronger structure
structures struggle struggles studied studies study studying substantial success successful successfully
suffer suffers sufficient suggest suggested suggesting suggests suitable suite superior superiority
support supported supporting supports surpass surpasses surpassing surprising surprisingly system systems
tackle tackles tackling take taken takes taking target task tasks technique techniques technology tend
tends term terms test tested testing theory thing thorough thousand thousands time times today topic total
trade tradeoff tradeoffs traditional train trained training trains treat trend true try turn two type
types typical ubiquitous uncover underlie underlying understand understanding undertake unexpected
unexplored unified unify unique unprecedented useful usefulness user users usual utilization utilize
utilized utilizes utilizing valid validate validated validating value values variant variants variation
variety various vary varying vast verify versatile version view vital want way ways wide widely widespread
word words work working works world worse worst worth write writes written www year years yield yielding
yields
"""
PHRASING = frozenset(_PHRASING.split())
"""What every abstract is made of. None of these says anything alone; beside another word it may: `active learning`."""
