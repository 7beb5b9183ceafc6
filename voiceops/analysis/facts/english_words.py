"""English words that are never a person's name in a message, so that a name can be cut at them."""

from voiceops.analysis.facts.language import words

# Function words and what one says around a name; a name in lower-case text ends at any of these.
COMMON = words("""
a an the and or but nor so if then than that this these those there here where when why how what who whom
whose which i i'm i'd i'll i've me my mine myself we we're we'd we'll we've us our ours you you're you'd
you'll you've your yours he he's she she's it it's its they they're them their his her him hers one ones am is
isn't are aren't was wasn't were weren't be been being do don't does doesn't did didn't done have haven't has
hasn't had hadn't can can't cannot could couldn't will won't would wouldn't shall should shouldn't may might
must to from of in on at by for with without about above across after against along among around as because
before behind below beside between beyond during except inside into like near off onto out outside over past
regarding since through till toward towards under until up upon via within concerning not no nope yes yeah yep
okay ok oh uh um er erm ah hm hmm well just only even also too very really quite rather again already always
ever never still soon yet now today tomorrow yesterday tonight once twice hi hiya hello hey yo good morning afternoon
evening night bye goodbye thanks thank please sorry pardon welcome all any both each every few many more most
much other others some such same own another several call called calling calls caller phone phoned phoning
ring ringing rang speak speaking spoke talk talking say saying said tell told ask asked asking leave leaving
left message messages voicemail reach reached return returning contact want wanted wants need needed needs
wish hope hoping wonder wondering try trying tried get getting got give giving gave go going gone went come
coming came know think thought see look looking find found use using used make made take took taken put let
help keep work works working wait waiting waited check checking number numbers account order case ticket
reference invoice policy booking name names surname spelled spelt first last zero one two three four five six
seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
double triple monday tuesday wednesday thursday friday saturday sunday week month year day days time times
minute minutes hour hours o'clock am pm someone somebody anyone anybody everyone nobody something anything
nothing everything back new old big small long short right wrong sure fine great best better
""")

# Further words that follow "this is", "I'm" or "it's" without being a name.
NOT_A_NAME = COMMON | words("""
urgent important emergency regarding concerning quick brief follow following message test reminder problem
question issue trouble request complaint matter thing things stuff reason way place part kind sort lot bit
available free home house happy unhappy sad angry upset frustrated disappointed annoyed furious worried
concerned afraid glad pleased interested confused unable able ready late early busy sick ill pregnant alone
flat apartment room unit
tired stuck lost done finished unsure certain aware currently actually basically probably maybe perhaps
hopefully unfortunately downstairs upstairs outside inside having being locked moving driving living staying
running coming experiencing sitting standing expecting responding returning replying following writing sending
ordering cancelling canceling dear folks guys team ladies gentlemen everybody y'all customer client patient
tenant member subscriber user owner manager supervisor agent representative person man woman lady guy
gentleman boss assistant secretary department team company office shop store business office desk support
service services sales billing accounts accounting customer technical reception payroll mother father mom mum
dad parent parents husband wife son daughter brother sister baby child kids neighbour neighbor bill bills
payment payments refund delivery package parcel appointment contract internet connection heating boiler power
water gas electricity mobile cell landline website email password card credit bank third second fourth fifth
ridiculous unacceptable terrible awful outrageous cold broken down expensive late overdue noon midnight midday
lunch weekend january february april june july august september october november december
""") - words("bill")
