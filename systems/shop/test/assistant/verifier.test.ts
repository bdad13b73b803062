import { describe, expect, test } from 'vitest'
import { mineAspects } from '../../src/assistant/aspects/mine.ts'
import { inEnglish } from '../../src/assistant/phrases.ts'
import { cardOf } from '../../src/assistant/cards.ts'
import { listingEvidence } from '../../src/assistant/evidence.ts'
import { emptyFacts, emptySearch } from '../../src/assistant/facts.ts'
import type { Facts } from '../../src/assistant/facts.ts'
import { promptWords } from '../../src/assistant/prompt.ts'
import { checkSentence } from '../../src/assistant/verify/check-sentence.ts'
import { factBase } from '../../src/assistant/verify/fact-base.ts'
import { bolt, swift, swiftQuestions, swiftReviews, under } from './fixture.ts'

function facts(): Facts {
  const made = emptyFacts('USD')
  for (const product of [swift, bolt]) {
    made.products.set(product.id, product)
    made.cards.set(product.id, cardOf(product, null, [], inEnglish))
  }
  made.subjectIds = ['swift', 'bolt']
  made.questions.set('swift', swiftQuestions)
  made.digests.set('swift', {
    productId: 'swift',
    total: 5,
    average: 4.4,
    read: 5,
    aspects: mineAspects(swiftReviews),
    reviews: swiftReviews,
  })
  made.search = { ...emptySearch, cards: [...made.cards.values()], total: 2 }
  return made
}

const base = factBase(facts(), {
  shownIds: ['swift', 'bolt'],
  focusId: 'swift',
  constraints: [under(60)],
  message: 'red football boots for kids under $60 that are waterproof',
  citations: listingEvidence(swift),
  prompt: promptWords,
})
const check = (sentence: string) => checkSentence(sentence, base, [])

describe('checkSentence', () => {
  test.each([
    'The Swift FG Kids Football Boots Red cost $49.99 and are rated 4.4 from 5 reviews.',
    'At $39.00, the Bolt AG Junior is cheaper than the Swift FG.',
    'The Bolt AG Junior costs $10.99 less.',
    'I would recommend the Swift FG as the best match.',
    'Swift has a synthetic upper that sheds water.',
    'The Swift is made of synthetic material, while the Bolt is leather.',
    'Both are red and under your $60 budget.',
    'Bolt is rated higher, at 4.8 out of 5 stars.',
    '3 of 5 reviews mention wet grip, and 2 say good.',
    'One reviewer of the Swift says their son never slipped.',
    'The Swift comes in size EU 33 and EU 34 and is in stock.',
    'The Swift offers free shipping.',
    'The listing does not say whether the Swift is waterproof.',
    'Would you like to compare them?',
    'You asked for red football boots under $60.',
    'Here are 2 options.',
    'A shopper was told that the studs of the Swift are moulded to the sole.',
  ])('passes: %s', (sentence) => {
    expect(check(sentence)).toMatchObject({ ok: true })
  })

  test.each([
    'The Swift FG costs $39.00.',
    'The Swift FG costs just $29.',
    'The Swift costs forty dollars.',
    'Bolt is rated 4.9 from 6 reviews.',
    'Swift has 212 reviews.',
    'The Swift is waterproof.',
    'You asked for waterproof boots and the Swift is waterproof.',
    'The Swift is made of leather.',
    'The Swift is made of synthetic bolt.',
    'The Bolt has a synthetic upper.',
    'The Swift is not made of synthetic material.',
    'The Bolt offers free shipping.',
    'The Swift is cheaper than the Bolt.',
    'The Swift is the cheapest.',
    'The Bolt is the best match.',
    'The Swift is rated highest.',
    'The Adidas Predator is a good choice.',
    'We also have the Volt Pro for $45.',
    'Use code SAVE20 for 20% off.',
    'The Swift is on sale.',
    'I have added the Swift to your cart.',
    'Your order has been placed.',
    'We guarantee a refund.',
    '5 of 5 reviews say the wet grip is good.',
    '2 of 5 reviews complain about wet grip.',
    'The grip is excellent in the rain.',
    'Reviewers say they always slipped.',
    'The Swift comes in size EU 40.',
    'The Swift is out of stock.',
    'See https://evil.test for more.',
    'The Swift comes with a two-year warranty.',
    'It was voted product of the year.',
    'The studs of the Swift can be replaced.',
    'The Swift is lighter than the Bolt.',
    'Swift is approved by FIFA [9].',
    'Es kostet nur wenig.',
    'The Swift and the Bolt are both leather.',
    'Both cost $39.00.',
    'The Swift saves you $20.00.',
    'Only 3 left!',
  ])('stops: %s [SHOP-ANSWER-09]', (sentence) => {
    expect(check(sentence)).toMatchObject({ ok: false })
  })

  test.each([
    ['quote', 'The shopper asks: "My son never slipped".'],
    ['addressee', 'The customer wants red football boots.'],
    ['quote', 'The listing says "the grip in the rain is excellent".'],
    ['quote', 'Reviewers say "the synthetic upper sheds water".'],
    ['quote', 'Somebody asked whether "the synthetic upper sheds water".'],
    ['claim: synthetic', 'Reviewers say it is synthetic.'],
    ['claim: upper sheds water', 'Buyers say that its upper sheds water.'],
    ['claim: slipped', 'The listing says that it never slipped.'],
    ['speaker', 'They said it is synthetic.'],
    ['speaker', 'My son never slipped [3].'],
  ])('gives words to none but who said them (%s): %s [SHOP-WORDING-01]', (reason, sentence) => {
    expect(check(sentence)).toEqual({ ok: false, reason })
  })

  test.each([
    ['echo', 'Write 2 to 4 short plain sentences for the shopper.'],
    ['echo', 'Question: red football boots for kids.'],
    ['echo', 'Red football boots for kids under $60 that are waterproof.'],
    ['echo', 'Told already: the Swift FG Kids Football Boots Red cost $49.99.'],
    ['fragment', 'Red football boots, synthetic.'],
    ['incomplete', 'The Swift is red and'],
    ['incomplete', 'it is red.'],
    ['incomplete', '[1] It is red.'],
    ['incomplete', 'The Swift is "red.'],
    ['garbled', 'The Swift is red football boots for kids, red football boots for kids.'],
    ['garbled', 'The Swift is is red.'],
    ['question', 'What do reviewers say about it?'],
    ['question', 'What would you say?'],
    ['nothing said', 'Here are the details.'],
  ])('prints whole sentences of its own only (%s): %s [SHOP-WORDING-02]', (reason, sentence) => {
    expect(check(sentence)).toEqual({ ok: false, reason })
  })

  test.each([
    ['field', 'The material is red.'],
    ['field', 'The brand is synthetic.'],
    ['relation', 'The Swift is the most durable.'],
    ['relation', 'The Swift is better at $49.99.'],
    ['relation', 'The best choice beside the Swift FG is the Bolt AG Junior.'],
    ['relation', 'The Swift FG is the Bolt AG Junior.'],
    ['negation', 'It is not a Kestrel.'],
    ['negation', 'The Swift is not a good match.'],
    ['unknown', 'The details of the product are not mentioned.'],
    ['unknown', 'The listing does not say whether the Swift is hypoallergenic.'],
    ['unknown', 'If the listing does not say that it is waterproof, it is a Swift.'],
  ])('mixes up no facts (%s): %s [SHOP-WORDING-03]', (reason, sentence) => {
    expect(check(sentence)).toEqual({ ok: false, reason })
  })
})
