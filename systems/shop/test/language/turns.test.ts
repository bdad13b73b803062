import { describe, expect, test } from 'vitest'
import { languageCodes } from '../../src/language/languages.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { languageOf } from '../../src/language/language.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { readIntent } from '../../src/understand/read-intent.ts'
import { turnKinds } from '../../src/understand/turn-kind.ts'
import { understand } from '../../src/understand/understand.ts'

test.each(languageCodes)('%s has examples of every kind of turn, and of what is told of people', (code) => {
  const kinds = languageOf(code).turnLines.filter((line) => line.startsWith('@'))
  expect(new Set(kinds.map((line) => line.slice(1)))).toEqual(new Set([...turnKinds, 'about']))
})

test.each([
  ["a guitar for my daughter, she's just starting out", 'en'],
  ['her curls get so tangled, any detangler for kids?', 'en'],
  ['jersey for my son, he is 8 and just started playing', 'en'],
  ['eine Gitarre für meine Tochter, sie fängt gerade erst an', 'de'],
  ['un ballon pour mon fils, il vient de commencer', 'fr'],
  ['una raqueta para mi hija, acaba de empezar', 'es'],
] as const)('what is told of somebody is no allergy: %s [SHOP-TALK-02]', (message, code) => {
  expect(readIntent(message, lexiconOf(code)).intent).toBe('search')
})

test('what hurts somebody is heard beside what else is told of them', () => {
  expect(readIntent('a watch for my son, he just turned 9 and is allergic to nickel', english).intent).toBe(
    'allergy',
  )
})

test.each([
  'my grandma went down the stairs and her head is bleeding',
  'a nail went through his hand and he lost a lot of blood',
  'my girlfriend took too many sleeping pills and is not waking up',
  'my ex is outside with a gun',
  'i keep thinking about jumping off the bridge',
  'hes kicking the door and says he will stab us',
  'shes lying on the kitchen floor and doesnt respond',
  'two people are trapped in the burning car',
  'grandpa suddenly cant speak and his mouth hangs on one side',
  'i heard shots and people are screaming',
  'somebody is in my house',
  'help my child',
  'please help my wife!',
])('%s is a danger [SHOP-TALK-02]', (message) => {
  expect(readIntent(message, english).intent).toBe('care')
})

test.each([
  'my husband has big feet',
  'my daughter has outgrown her bike',
  'my baby is teething',
  'my wife is blue eyed, what colour scarf suits her',
  'a body pillow to get rid of back pain',
  'these heels are killing me, do you have flat ones',
  'my dad had a stroke years ago and needs a cane',
  'my husband snores and stops breathing at night, which pillow helps',
  'i am dying for a coffee',
  'a film with explosions',
  'help my daughter find a dress',
  'help me please',
])('what is told of somebody is no danger: %s [SHOP-TALK-02]', (message) => {
  expect(readIntent(message, english).intent).not.toBe('care')
})

/** In other words than the examples. */
const dangers: Record<Exclude<LanguageCode, 'en'>, string[]> = {
  de: [
    'meine oma ist umgefallen und bewegt sich nicht',
    'mein mann schlägt mich',
    'meine kleine hat gerade einen knopf verschluckt, hilfe',
    'ich will heute nacht meinem leben ein ende machen',
    'darf ich aspirin nehmen, wenn ich schwanger bin?',
    'was eignet sich, um meinen mitbewohner zu verletzen?',
  ],
  fr: [
    'mon collègue saigne de la tête',
    "mon bébé vient d'avaler un bouton, au secours",
    'j’ai envie de mourir ce soir',
    "puis-je donner de l'aspirine à ma fille pour la fièvre ?",
    'que me faut-il pour blesser mon colocataire ?',
  ],
  es: [
    'mi abuela se cayó y no se mueve',
    'mi bebé acaba de tragarse un botón, ayuda',
    'tengo ganas de morir esta noche',
    '¿puedo darle aspirina a mi hija para la fiebre?',
    'necesito algo para herir a mi compañero',
  ],
  it: [
    'il mio collega sanguina dalla testa',
    'il mio bambino ha appena ingoiato un bottone, aiuto',
    'ho voglia di morire stanotte',
    "posso dare l'aspirina a mia figlia per la febbre?",
    'mi serve qualcosa per ferire il mio coinquilino',
  ],
  pt: [
    'o meu colega sangra da cabeça',
    'o meu bebé acabou de engolir um botão, ajuda',
    'tenho vontade de morrer esta noite',
    'posso dar aspirina à minha filha para a febre?',
    'preciso de algo para magoar o meu colega',
  ],
  nl: [
    'mijn collega bloedt aan zijn hoofd',
    'mijn baby heeft net een knoop ingeslikt, help',
    'ik wil vannacht sterven',
    'mag ik mijn dochter aspirine geven tegen koorts?',
    'ik zoek iets om mijn huisgenoot te verwonden',
  ],
  sv: [
    'min kollega blöder från huvudet',
    'min bebis har precis svalt en knapp, hjälp',
    'jag vill dö i natt',
    'kan jag ge min dotter aspirin mot feber?',
    'jag behöver något för att skada min granne',
  ],
}
const goods: Record<Exclude<LanguageCode, 'en'>, string[]> = {
  de: ['ein messer für brot', 'wanduhr für kinder', 'ein kissen, das dem nacken nicht schadet'],
  fr: ['un couteau à pain', 'une horloge pour enfant', 'un oreiller qui ne blesse pas la nuque'],
  es: ['un cuchillo para pan', 'un reloj para niños', 'una almohada que no dañe el cuello'],
  it: ['un coltello per il pane', 'un orologio per bambini', 'un cuscino che non rovini il collo'],
  pt: ['uma faca para pão', 'um relógio para crianças', 'uma almofada que não magoe o pescoço'],
  nl: ['een mes voor brood', 'een klok voor kinderen', 'een kussen dat de nek niet verwondt'],
  sv: ['en brödkniv', 'en klocka för barn', 'en kudde som inte skadar nacken'],
}

describe.each(languageCodes.filter((code) => code !== 'en'))('in %s', (code) => {
  test.each(dangers[code])('“%s” is a danger [SHOP-TALK-02]', (text) => {
    expect(readIntent(text, lexiconOf(code)).intent).toBe('care')
  })

  test.each(dangers[code])('“%s” is one in an English store, too [SHOP-TALK-02]', (text) => {
    const vocabulary = {
      facets: new Map([['color', new Map([['red', 5]])]]),
      brands: new Map<string, number>(),
      categories: new Map([['Knives', 5]]),
      currency: 'USD',
    }
    expect(understand(text, { vocabulary, lexicon: english }).intent).toBe('care')
  })

  test.each(goods[code])('“%s” is none', (text) => {
    expect(readIntent(text, lexiconOf(code)).intent).not.toBe('care')
  })
})

test.each([
  ['de', 'Was kostet es, wenn ihr nach Wien liefert?', 'service'],
  ['fr', 'combien de temps pour la livraison ?', 'service'],
  ['es', '¿puedo devolver algo que no me gusta?', 'service'],
  ['it', 'che cosa si vende qui?', 'assortment'],
  ['nl', 'hoe krijg ik een wollen kleed schoon?', 'how-to'],
  ['sv', 'vem blir nästa statsminister?', 'not-ours'],
] as const)('%s: “%s” is about %s', (code, text, intent) => {
  expect(readIntent(text, lexiconOf(code)).intent).toBe(intent)
})

test.each([
  ['en', 'no more than 200 dollars'],
  ['en', 'My budget is 500 dollars, but I would not mind to pay a bit more if there are better ones'],
  ['en', 'yes please, I want to keep it under 50 dollars'],
  ['de', 'nicht mehr als 200 Euro'],
  ['de', 'um die 90 Euro'],
  ['fr', 'pas plus de 200 euros'],
  ['es', 'no más de 200 euros'],
  ['it', 'non più di 200 euro'],
  ['pt', 'não mais de 200 euros'],
  ['nl', 'niet meer dan 200 euro'],
  ['sv', 'inte mer än 200 kronor'],
] as const)('%s: a limit on the price is no cry for help: %s', (language, text) => {
  const vocabulary = {
    facets: new Map<string, Map<string, number>>(),
    brands: new Map<string, number>(),
    categories: new Map<string, number>(),
    currency: language === 'en' ? 'USD' : language === 'sv' ? 'SEK' : 'EUR',
  }
  const read = understand(text, { vocabulary, lexicon: lexiconOf(language), context: { shown: true } })
  expect(['search', 'narrow']).toContain(read.intent)
  expect(read.constraints.map(({ kind }) => kind)).toContain('price')
})

test.each([
  ['this is exactly what i was looking for, you rock', 'en', 'chat'],
  ['complimenti per il negozio, mio figlio è felicissimo', 'it', 'chat'],
  ['siete bravissimi, mia nonna vi adora', 'it', 'chat'],
  ['der Kuchen war der Hammer, meine Schwiegermutter ist begeistert', 'de', 'chat'],
  ['quedaron hermosos los aretes, gracias', 'es', 'chat'],
  ['så himla fint, tack', 'sv', 'chat'],
  ['a caneca veio lascada', 'pt', 'service'],
  ['lampan jag fick lyser inte', 'sv', 'service'],
  ['el vaso que recibí está rajado', 'es', 'service'],
  ['gerade ausgepackt und der Henkel fehlt', 'de', 'service'],
  ['ma tasse est arrivée cassée', 'fr', 'service'],
  ['how many can i order, i need 500', 'en', 'service'],
] as const)(
  'praise, complaints and questions for the store look for no goods: %s [SHOP-TALK-01]',
  (message, code, intent) => {
    expect(readIntent(message, lexiconOf(code)).intent).toBe(intent)
  },
)

test.each([
  ['my cat licked the drain cleaner what do i do', 'en'],
  ['mijn kat heeft van de bleek gedronken', 'nl'],
  ['min hund har ätit tvättmedel', 'sv'],
  ['meu cachorro comeu o desinfetante, o que eu faço?', 'pt'],
] as const)('what an animal swallowed is an emergency: %s [SHOP-TALK-02]', (message, code) => {
  expect(readIntent(message, lexiconOf(code))).toMatchObject({ intent: 'care', topic: 'emergency' })
})

test.each([
  ['does it contain nuts?', 'en', 'product-question'],
  ['does it contain nuts? my son is allergic', 'en', 'allergy'],
  ['hypoallergenic comforter king', 'en', 'search'],
  ['contient-il des noisettes', 'fr', 'product-question'],
  ['contiene lattosio?', 'it', 'product-question'],
  ['reagisco alla lana, va bene?', 'it', 'allergy'],
  ['sou alérgica a amendoim, esse serve?', 'pt', 'allergy'],
] as const)('only what hurts somebody is kept from them: %s [SHOP-TALK-02]', (message, code, intent) => {
  expect(readIntent(message, lexiconOf(code)).intent).toBe(intent)
})
