"""Words that everybody uses for something else than what a large vocabulary calls by them.

An ontology has a concept for every quality, process and place it needs: "hard", "time", "control", "well". In a
sentence such a word hardly ever says what the ontology means.
"""

from __future__ import annotations

from typing import Final

from nutrigraph.graph_builder.tokens import tokens

_WORDS: Final = """
able about above absent account act action active activity add after again age aid air alive all allow alone amount an
and angle any area arm art as ask aspect at attitude away back bad balance balanced ball band bank bar bark barrier
base basis bat be beach beak bear beard beat beautiful become bed before begin behavior behaviour being bend bent best
better between big bill bit bite black blank blind block blue blunt board boat body bond book boot border both bottle
bottom bound boundary bowl box branch branched brand break breakdown bridge brief bright bring broad broken brown
brush bud bug build building bulb burn bus busy but button buy by call calm camp can cap car card care carry case cast
catch cause cell center central centre chain chair chance change channel chapter character charge chart chat cheap
check chest chew child chip choice choose circle circular citation city claim class clay clean clear click climb clock
close closed closure cloth cloud club clue coast coat code coil coiled cold collapsed color colored colour coloured
column come comfort common community company comparison compatible complete complex complexity compressed computer
concept concern conclusion condition conduct conduction connect construct contact contain container content context
continent control controls cook cool cope copy core corner cost count country couple course cover craft create crop
cross crowd crowded cry culture cup current curve curved cut cycle daily damage damaged danger dark data date day dead
deal death debt decide decision deck decrease decreased deep defect deficiency definition degree delay delayed delete
demand dense density depth describe description desert design desk detail determine develop device diagram diameter
difference different difficult diffuse digit diluted dim direct direction discharge discover disk dispersed displaced
display disrupted distance distinct disturbed divide document dog door dose double down draft drag draw dream dress
drink drive drop dry due duplicate duration dust duty each ear early earth ease east easy eat edge edible effect
effective efficiency efficient effort elastic electric element elevated elevation else embed empty enable end endpoint
energy engine engineered enhance enhanced enhancer enjoy enough enter entity environment equal equipment erect error
escape even evening event every evidence exact example exchange exercise exist expand expect expensive experience
expert explain exposure extend extent extract extraction eye face fact factor factory fail faint fair fall false
family fan far farm fast fat feature feed feel female fertile few field fight figure file fill film filter final find
finding fine finger finish fire firm first fit fix flag flat flavor flexible flight floor flow flower flux fly focal
focus fold folded follow follow-up followup food foot for force foreign forest forget form format forward found
fraction fragile frame free freeze freezing frequency frequent fresh friend from front frozen fruit fuel full function
fur fuse future gain game gap garden gas gate gather general generation get giant gift gigantic give glass global go
goal gold good grade gradual grain gram graph grass gray great green grey groove ground group grow growth guard guess
guide guy habit habitat hair half hall hand handle hang happen happy hard hardness harm hat have he head heal hear
hearing heat heavy height hello help her here heritable hidden high hill him hip his history hit hold hole home hook
hope hopping horse host hot hour house how huge human humans hunt hurt ice id idea ideal identifier identity if ill
image immature immediate immobile impact important improve impulse in inactive inch incidence include increase
increased index indicator industry information ingredient initial insert inside instrument intense intensity interest
internal into invariant inverted invite irregular is island issue it item job join joint jump just keep key kick kid
kilogram kind king know label labor lack lake lamp land language large last late latency law lay layer lead leaf
league learn learning leave left leg legal length less let letter level liberty library license lid lie life lift
light like likely limb limit limited line linear link lip liquid list listen liter litre little live living load lobe
local localised localized location lock locomotion log long look loop loose lose loss lost lot loud love low lower
luck machine magnetic mail main major make male man manage manner many map mark market mass mat match material mating
matter mature maturity may meal mean measure measurement measuring mechanism media medium meet member memory men
mental merge message metal meter method metre middle mild mile mind mine minimum minor minute mirror miss mission mist
mix mixed mixture mobile mobility mode model moderate modern modifier moment momentum money month mood moon more
morning most mother motion mount mountain mouse mouth move movement much mud multiple must name narrow nation native
nature near neat neck need negative nest net network never new news next nice night no noise none normal north not
note nothing notice novel now number nurse object oblong obvious occupation occurrence odd odor odour of off offer
office often oil old on once one only onset ontology opaque open operation opposite or orange order organ organism
organization organized orientation oriented origin other others ounce out outcome output outside over own owner pace
pack page pain paint pair pale paper parent park part partial particle partner party pass passive past patch patchy
path patient pattern pause pay peak peel peeled pen people perceive percent perform perimeter period permanent permit
person personal phase phone physical pick picture piece pig pin pink pint pipe pit place plain plan plane planet
planning plant plastic plate play please plot plug plus pocket point pointed poison pole polish pond pool poor pop
popular population pore port position positive possible post posture pot pound poverty power practice predict
preference pregnant premature preparation prepare presence present press pressure pretty prevent previous price prime
print prior private probe problem procedure process produce product production profile program project projection
prolonged prominent promote promoter proof proper property protect protocol protruding prove provide proxy public pull
pulse pump pupil pure purple purpose push put quality quantity quart quarter queen question quick quiet race radiation
radius rain raise raised range rank rapid rare rat rate ratio raw reach react read ready real realizable reason
receive recent receptacle record recovery recurrent red reduce reduced reference reflex region regular related
relation relative relaxation release relief remain remote remove repeat repetitive replace report request require
reserve resist resource respect response rest restaurant result return reverse reward rib rich ride right rigid ring
rise risk river road rock rod role roll roof room root rose rotation rough round row rub rule run rush sad safe sail
salted salty same sample sampling sand satellite save saw say scale scan scar scattered scene school science scope
score screen search season seat second secret secretion section secure see seed seek select selection self sell send
sense sensitive sentence separate sequence series serious serve service session set settle severe sex shadow shake
shall shallow shape share sharp she sheet shell shelter shift shine ship shirt shock shop shore short shot should
shoulder show shut shy sick side sight sign signal signaling signalling significance significant silence similar
simple single sink site situation size skill skin sleep slice slide slight slip slope sloped slow small smart smell
smile smoke smooth snow so social soft software soil solid solidity solution solve some son song soon sorry sort sound
source south space spare speak special species specific specimen speech speed spend sphere spin spine spiral splitted
spoon sport spot spotted spread spring square stable staff stage stain stand standard star start state station status
stay steady steep stem step stick stiff still stimulus stomach stone stop storage store storm story straight strain
strange stream street strength stress stretch strict strike string strip strong structure structured student study
stuff style subject submit subset substance success such sudden sufficient suit sum summer sun supplier supply support
surface surgery surprise survey survive suspect swallow sweet swim switch swollen symbol symmetry symptom syndrome
system table tail take talk tall tangled tap tape target task taste teach team tear technique temperature temporary
ten tend tendency tense term test testing text texture than thank that the their them then theory there thick
thickness thin thing think thinking third this thread threshold throat through throw thumb ticket tie tight time tin
tiny tip tire tissue to together tone tongue too tool top topic total touch tough toward town toxic trace track trade
train trained training trait transfer transform transition transparent transport trap travel treat treatment tree
trial trigger trip trouble truck true trunk trust truth try tube turn twin two type typical ugly unable undamaged
under uniform union unique unit unknown until unusual up upper urge use used useful user usual validation valley
valuable value valve variable variant variation variety vehicle version vertical very vessel viable video view village
visible vision visit visual voice volume vote wait wake walk wall want war warehouse warm was wash waste watch wave
wavy way we weak weakness wear weather web website week weekday weekend weekly weeks weight well west wet wetness what
wheel when where which whip white who whole why wide width wife wild will win wind window wing winter wire wise wish
with within without woman women wonder wood word work worker world worn worry worth wrap wrinkled write wrong yard
year yellow yes yet yield you young zone zoo
"""

EVERYDAY: Final = frozenset(token.norm for token in tokens(_WORDS) if token.is_word)
"""Such words, in the normal form in which names are looked for."""
