"""First names that are heard in English messages, from many countries: they tell a name where no cue does."""

from voiceops.analysis.facts.language import words

# Names that are common words too ("will", "may", "bill", "hope") are left out: they need a cue.
GIVEN = words("""
aaron abby abdul abdullah abigail abraham adam adrian adriana ahmed aidan aisha alan alana albert alberto
alejandro alessandro alex alexa alexander alexandra alexis alfonso alfred alfredo ali alice alicia alina
alison allan allen allison alyssa amanda amber amelia amina amir amit amy ana anastasia andre andrea andreas
andres andrew andy angela angelica angelo angie anil anita anjali ann anna annabel anne annette annie anthony
antoine anton antonia antonio anthea april ariana arjun arlene arnold arthur arturo asha ashley ashok astrid
aubrey audrey austin ava barbara barry bartholomew beatrice becky belinda ben benedict benjamin bernadette
bernard bernie beth bethany betsy betty bev beverly beverley bianca bobby bonnie brad bradley brandon brenda
brendan brent brett brian brianna bridget brittany bruce bruno bryan bryce byron caitlin caleb callum calvin
cameron camila camille candace cara carl carla carlos carmen carol carole carolina caroline carolyn carrie
casey caspar cassandra catherine cathy cecilia cedric celeste celia cesar chad chandra charlene charles
charlie charlotte chelsea cheryl chloe chris christian christina christine christopher christy cindy claire
clara clare clarence clark claudia clayton clifford clive clyde cody colin colleen connie connor conrad
constance corey corinne courtney craig cristina crystal curtis cynthia daisy damian damien dan dana daniel
daniela danielle danny daphne darius darlene darrell darren dave david dawson dean deanna debbie deborah debra
deepak deirdre delia denis denise dennis derek derrick des desmond devon diana diane diego dimitri dinesh dirk
dmitri dolores dominic don donald donna doreen doris dorothy doug douglas duncan dustin dylan earl eddie edgar
edith edmund eduardo edward edwin eileen elaine eleanor elena eli elias elijah elisa elisabeth elise eliza
elizabeth ella ellen ellie elliot elliott eloise elsa elsie emil emily emma emmanuel enrique eric erica erik
erika erin ernest ernesto esperanza esteban esther ethan eugene eva evan eve evelyn ezra fabian fatima fay
federico felicia felicity felix ferdinand fernando fiona flora florence floyd frances francesca francine
francis francisco franco frank frankie franklin fred freddie frederick freya gabriel gabriela gabrielle gail
gareth garth gary gavin gemma genevieve geoff geoffrey george georgia georgina gerald geraldine gerard gerry
gilbert gillian gina giovanni gladys glen glenda glenn gloria gordon graham graeme grant greg gregory greta
guillermo gus gwen gwendolyn hamish hank hannah hans harold harriet harris harrison harry harvey hassan hayden
hayley hazel heather hector heidi helen helena helga henrietta henrik henry herbert herman hilary hilda holly
horace howard hubert hugh hugo humphrey hussein ian ibrahim ida ignacio imani imogen imran inez ingrid irene
irina iris irma isaac isabel isabella isabelle isaiah ismail ivan ivy jack jackie jackson jacob jacqueline
jacques jaime jake jamal james jamie jan jana jane janet janice jared jasmine jason javier jay jayden jean
jeanette jeff jeffrey jen jenna jennifer jenny jeremiah jeremy jerome jerry jesse jessica jessie jesus jill
jim jimmy jo joan joanna joanne joaquin jocelyn jodie joe joel johan johann johanna john johnny jon jonah
jonas jonathan jordan jorge jose josef joseph josephine josh joshua joyce juan juanita judith judy julia
julian juliana julie juliet julio jun june justin justine kamal kara karen karim karl karla kate katherine
kathleen kathryn kathy katie katrina kay kayla keith kelly kelsey ken kendra kenneth kenny kerry kevin khalid
kim kimberly kirsten kirk klaus kofi krishna kristen kristin kristina kumar kurt kyle kylie lakshmi lance
larry latoya laura lauren laurence lawrence leah lena leo leon leonard leonardo leroy lesley leslie leticia
lewis liam lila lillian lily linda lindsay lindsey lionel lisa liz lloyd logan lois lola lorenzo loretta lorna
lorraine lottie lou louis louisa louise lucas lucia lucille lucinda lucy luigi luis luke luther lydia lyle
lynn lynne mabel madeleine madison maggie mahmoud malcolm malik mandy manuel marc marcel marcia marco marcos
marcus margaret margarita margot maria mariah mariam marian marianne marie marilyn marina mario marion marisa
marissa marjorie marlene marshall martha martin martina marvin mary maryam mateo matilda matt matteo matthew
maureen maurice max maxine maya meera megan mehdi mei mel melanie melinda melissa melvin mercedes meredith mia
michael michaela michel michele michelle miguel mike mikhail mildred miles milton mina mindy miranda miriam
mitchell mohamed mohammad mohammed moira molly mona monica monique morgan moses muhammad muriel murray mustafa
myra myrtle nadia nadine nancy naomi natalia natalie natasha nathan nathaniel neha neil nelson ngaire nicholas
nick nicola nicolas nicole nigel nikhil nikita nina nisha noah noel noelle nora noreen norma norman octavia
olga oliver olivia ollie omar oscar otto owen pablo paige pam pamela paolo patricia patrick patty paul paula
pauline pedro peggy penelope percy perry pete peter phil philip philippa phillip phoebe phyllis pierre polly
preeti priscilla priya quentin rachael rachel rafael rahul raj rajesh ralph ramon randall randy raquel rashid
raul ravi ray raymond rebecca reggie reginald rekha rene renee rhonda ricardo richard rick ricky rita rob
robert roberta roberto robin robyn rod rodney rodrigo roger roland roman ron ronald ronnie rosa rosalind
rosemary rosie ross rowena roxanne roy ruben rudolf rufus rupert russell ruth ryan sabrina sadie sally
salvatore sal sam samantha samira samuel sandeep sandra sandy sanjay santiago sara sarah sasha saul savannah
scott sean sebastian selena selma serena sergei sergio seth shane shannon sharon shaun shauna shawn sheila
shelley sherry shirley siobhan sidney sierra silvia simon simone sofia sonia sonja sophia sophie stacey stacy
stan stanley stella stephanie stephen steve steven stewart stuart sunil sunita susan susannah susie suzanne
sven sybil sylvia tabitha tamara tammy tania tanya tara tariq tatiana ted tegan terence teresa terri terry
tessa thelma theo theodore theresa thomas tiffany tim timothy tina tobias toby todd tom tomas tommy toni tony
tracey tracy travis trevor tricia trish tristan troy tyler tyrone ursula valentina valerie vanessa vera vernon
veronica vicky victor victoria vijay vikram vincent vince viola violet virginia vivian vladimir walter wanda
warren wayne wendy wesley wilbur wilfred wilhelm william winifred winston wolfgang xavier yasmin yolanda yuki
yusuf yvette yvonne zachary zack zara zoe zoltan
""")
