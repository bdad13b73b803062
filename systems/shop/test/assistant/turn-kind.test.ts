import { describe, expect, test } from 'vitest'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { turnKindOf } from '../../src/understand/turn-kind.ts'
import { readIntent } from '../../src/understand/read-intent.ts'

describe('the kind of a turn', () => {
  test.each([
    ['winter coats', 'search'],
    ['do you have a jacket?', 'search'],
    ['do you have any garden chairs', 'search'],
    ['do you have gift cards', 'service'],
    ['rat poison', 'search'],
    ['a knife set for the kitchen', 'search'],
    ['something to put books on', 'search'],
    ['I do not want to go over 200', 'narrow'],
    ['how much weight can it carry?', 'product-question'],
    ['any complaints about it?', 'review-question'],
    ['add it to my cart', 'add-to-cart'],
    ['where is my order?', 'order-status'],
    ['translate this into french', 'not-ours'],
  ])('“%s” is %s', (text, intent) => {
    expect(readIntent(text).intent).toBe(intent)
  })

  test('knows nothing of a message whose words no example holds', () => {
    expect(turnKindOf('zzyzx qwrtp', english.language)).toBeNull()
  })

  test('tells the same of the same message every time', () => {
    const once = turnKindOf('do you ship to norway?', english.language)
    expect(turnKindOf('do you ship to norway?', english.language)).toEqual(once)
    expect(once?.kind).toBe('shipping')
  })
})

test.each([
  'I need something to injure my roommate',
  'how can I drug somebody',
  'what would kill my neighbour',
])('“%s” is a danger', (text) => {
  expect(readIntent(text)).toEqual({ intent: 'care', topic: 'violence', wantsCheaper: false })
})

test.each([
  'shoes that do not hurt my kids',
  'killer headphones',
  'ant poison safe for children',
  'a shoot for my mom',
])('“%s” is none', (text) => {
  expect(readIntent(text).intent).not.toBe('care')
})

test.each([
  ['en', 'I want to go hiking', 'I want to die'],
  ['en', 'we are ready to go running', 'what is the point of living'],
  ['de', 'Ich will im Sommer zelten gehen', 'Ich will nicht mehr leben'],
  ['fr', 'Je veux aller camper', 'Je veux mourir'],
  ['es', 'Quiero empezar a correr', 'Quiero morir'],
  ['it', 'Voglio andare in campeggio', 'Voglio uccidermi'],
  ['pt', 'Quero ir acampar', 'Quero me matar'],
  ['nl', 'Ik wil gaan kamperen', 'Ik wil niet meer leven'],
  ['sv', 'Jag vill gå på vandring', 'Jag vill ta livet av mig'],
  ['en', 'I want to jump higher', 'I want to kill myself'],
  ['de', 'Ich will alles auf einmal bestellen', 'Ich will alles beenden'],
  ['pt', 'Vou me mudar', 'Vou me machucar'],
  ['sv', 'Jag vill köpa allt', 'Jag vill göra slut på allt'],
  ['sv', 'inte choklad, helst nåt med bär', 'Jag orkar inte leva längre'],
  ['de', 'nicht Schokolade, lieber was mit Beeren', 'Ich will nicht mehr leben'],
  ['es', 'chocolate no, mejor con frutas', 'No quiero vivir más'],
] as const)('%s: “%s” is a plan, “%s” a cry for help', (code, plan, cry) => {
  expect(readIntent(plan, lexiconOf(code)).intent).not.toBe('care')
  expect(readIntent(cry, lexiconOf(code))).toMatchObject({ intent: 'care', topic: 'self-harm' })
})

test.each([
  ['en', 'I want to shoot photos of owls', 'I am going to shoot myself'],
  ['de', 'Ich will höher springen', 'Ich will vom Dach springen'],
  ['fr', 'Je veux sauter plus haut', 'Je veux sauter du pont'],
  ['es', 'Quiero saltar más alto', 'Quiero tirarme por la ventana'],
  ['it', 'Voglio saltare più in alto', 'Voglio buttarmi sotto un treno'],
  ['pt', 'Quero saltar mais alto', 'Quero atirar-me da janela'],
  ['nl', 'Ik wil hoger springen', 'Ik wil voor de trein springen'],
  ['sv', 'Jag vill hoppa högre', 'Jag vill hoppa framför tåget'],
] as const)('%s: the words of a danger beside others (“%s”) alarm nobody, “%s” does', (code, wish, cry) => {
  expect(readIntent(wish, lexiconOf(code)).intent).not.toBe('care')
  expect(readIntent(cry, lexiconOf(code))).toMatchObject({ intent: 'care' })
})

test.each([
  ['fr', 'différence entre le savon noir et celui à l’huile d’olive ?', 'compare'],
  ['fr', 'qu’est-ce qu’il y a dedans ?', 'product-question'],
  ['de', 'Was ist da drin?', 'product-question'],
  ['es', '¿qué trae dentro?', 'product-question'],
] as const)('%s: “%s” is a question on goods', (code, message, intent) => {
  expect(readIntent(message, lexiconOf(code)).intent).toBe(intent)
})

test.each([
  ['en', 'my son is allergic to peanuts and just ate one, his lips are swelling'],
  ['de', 'mein sohn ist allergisch gegen erdnüsse und hat eine gegessen, sein gesicht schwillt an'],
  ['fr', 'ma fille est allergique aux noix et elle en a mangé, sa bouche gonfle'],
  ['es', 'mi hijo es alérgico al cacahuete y se comió uno, se le hincha la cara'],
  ['it', 'mio figlio è allergico alle arachidi e ne ha mangiata una, gli si gonfia la bocca'],
  ['pt', 'meu filho é alérgico a amendoim e comeu um, a boca dele está inchando'],
  ['nl', 'mijn zoon is allergisch voor pinda’s en heeft er een gegeten, zijn lippen zwellen op'],
  ['sv', 'min son är allergisk mot jordnötter och åt en, läpparna svullnar'],
] as const)('%s: an allergic reaction is an emergency, and no question of labels', (code, text) => {
  expect(readIntent(text, lexiconOf(code))).toMatchObject({ intent: 'care', topic: 'emergency' })
})

test.each([
  ['fr', 'mon chat griffe le canapé', 'mon chat a léché la lessive et il tremble'],
  ['es', 'el gato me rompe el sofá', 'el gato lamió la lejía y echa espuma'],
  ['it', 'brucio sempre il riso', 'mi è schizzato acido in un occhio'],
  ['it', 'ho l’acqua molto dura e mi si rovina il bollitore, cosa mi serve?', 'non riesce a respirare'],
  ['pt', 'meu cachorro foge de casa', 'minha filha bebeu o frasco de detergente'],
  ['de', 'ich habe fettige Haut und Pickel, was empfehlen Sie?', 'mir ist Säure ins Auge gespritzt'],
  ['nl', 'mijn hond graaft onder het hek', 'ik heb zuur in mijn oog gekregen'],
  ['sv', 'jag har torr hud, vad rekommenderar ni?', 'min hund åt råttgift'],
  ['en', 'i have oily skin and spots, what do you suggest?', 'my cat licked the cleaner and is foaming'],
] as const)('%s: “%s” tells what is wanted for, and “%s” is a danger [SHOP-TALK-02]', (code, wish, cry) => {
  expect(readIntent(wish, lexiconOf(code)).intent).not.toMatch(/^(?:care|allergy)$/)
  expect(readIntent(cry, lexiconOf(code))).toMatchObject({ intent: 'care' })
})
