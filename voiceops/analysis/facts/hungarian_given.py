"""Hungarian first names: they end a name, so they tell one where no cue does."""

from voiceops.analysis.facts.language import words

GIVEN = words("""
ábel ádám adél adrienn adrián ágnes ágoston ági ákos aladár alajos albert alex alexa alexandra aliz alíz
amália anasztázia andor andrás andrea andris anett anetta angéla anikó anita anna annamária anni antal antónia
aranka árpád arnold aron áron artúr attila aurél balázs bálint barbara barna barnabás bea beáta beatrix béla
bella bence bendegúz benedek beni benő bernadett bernát bertalan berta betti bianka blanka boglárka bogi
boldizsár bori borbála botond brigi brigitta bruno bulcsú cecília cili csaba csanád csenge csilla csongor
dalma damján dániel dani dávid dénes detti dezső diána dia domonkos dominik dóra dorina dorka dorottya döme
dorián dóri edina edit ede edmond edvárd egon elek elemér elza elvira emese emil emília emma emő endre enikő
ernő ervin erika erik erna erzsébet erzsi eszter etelka éva evelin évi fábián fanni fáni ferenc feri ferkó
flóra flórián frida frigyes fruzsina fülöp gábor gabi gabriella gábriel gáspár gedeon gellért gergely gergő
géza gerda gitta gizella gréta gusztáv gyöngyi györgy györgyi gyula gyuri gyuszi hajnalka hajni hanga hanna
hédi hedvig helga henrietta henrik hilda hortenzia hugó huba ibolya ida ignác ildikó ili ilona ilka imola imre
ingrid ince irén irma iván istván pisti isti iza izabella izolda jácint jakab jános jani janka jázmin jenő
jolán joli józsef józsi judit jucus juci julcsi júlia juli juliánna julianna juliánusz kálmán kamilla kata
katalin kati karola karolina károly karcsi kármen kinga klára klári klaudia kornél kornélia kolos koppány
kristóf krisztián krisztina kriszti kitti laci lajos lali lara laura lázár lea leila lehel lenke levente liána
lídia lilla lili liliána liza lóránt lóránd lőrinc lotti luca lujza lukács magda magdolna mária mari marcell
marcsi margit marianna mariann marika márk márton marci máté mátyás matyi melinda melánia melitta mercédesz
miklós miki mihály misi milán mimi mira mirella mónika móni móric mór nándor napsugár natália natasa nelli
nikolett niki nikoletta nóra noémi norbert norbi ödön olga olimpia olivér olívia orsolya orsi oszkár ottó
ottilia ottília örs örzse pál pali pálma panka panna panni patrícia patrik petra peti péter piroska pongrác
rafael rajmund ramóna rebeka regina réka renáta reni rezső richárd rita robert róbert robi roland román
rozália rozi rózsa rudolf rúben ruben sándor sanyi salamon sára sári sarolta sebestyén simon soma stefánia
szabina szabolcs szabi szandra szelina szilárd szilvia szilvi szilveszter szidónia szofi szófia szonja tamara
tamás tomi tas terézia teri tekla tibor tibi tímea timi tihamér titusz tivadar töhötöm tünde ubul vajk valéria
vali vanda vanessza vazul vencel vendel vera veronika verona vica vida viktor viktória viki vilma vilmos viola
virág virgil vince vilibald violetta vivien xénia zalán zoé zoltán zoli zoltánné zita zília zsanett zsigmond
zsófia zsófi zsolt zsóka zsombor zsuzsa zsuzsanna zsuzsi zsuzska
aisa alfonz amanda ambrus anasztaszia andi angelika antónió apollónia arabella ariel armand atilla auguszta
augusztina barbi bazsi benjámin berci bibi bonifác borcsa borisz borka béci bíborka celesztina cinti cintia
csabi csongi dalia dea delila detre dzsenifer dávidka dömötör edvin eleonóra elina ella elli előd emili emmi
enid ernesztin estella eszti fanna ferdinánd filip filoména flórika franciska fredi fédra félix gabika galina
georgina gerzson gizi glória gréti gusztávka gyuszika győző géci hanni heléna hermina hunor héra ica ilus imi
irina irisz irénke isabella ivett jana janek jenci jolika jolánka julis jónás józsa józsika kajetán kamill
karina katinka kelemen kende kevin kiki kincső kittike klementina konrád kori kornéliusz lajcsi lana laurencia
leona letícia leó león leóna lia lizett lola lorena luna léna lóri lúcia lúciusz maja malvin malvina malvinka
manfréd manó mara marina martin martina mató maxim medárd menyhért mia mici milka mina mirjam molli mártonka
nadin nadinka napóleon nati neszta nikol nikó nina noel noé nándi nátán oli oliver olivia ottokár paszkál
paulina pilár piri poldi polli rajmond ramón renátó ricsi rolika romeó romina rudi ruth ráchel ráhel rómeó rózi
rúth sebi sebő szaniszló szebasztián szimonetta száva teodor teodóra tina tádé tímár tóbiás tóni valentin
valentina valter vendi vilhelm vivi xavér zalánka zizi zoltánka zora zorán zoárd zsanna zsazsa zsiga zsolti
zsuzsika zsuzsánna zénó ármin árminka
""")
