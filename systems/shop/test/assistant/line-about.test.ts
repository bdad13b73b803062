import { describe, expect, it } from 'vitest'
import { listingEvidence } from '../../src/assistant/evidence.ts'
import { aboutOf } from '../../src/assistant/lines/about.ts'
import { answeringLine } from '../../src/assistant/lines/line-model.ts'
import { languageCodes } from '../../src/language/languages.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { alikeListings } from '../../src/language/listing-examples.ts'
import { turnKindOf } from '../../src/understand/turn-kind.ts'
import { listedProduct } from '../../samples/training/made-listings.ts'

function line(code: LanguageCode, question: string, sentences: readonly string[]): string | null {
  const lexicon = lexiconOf(code)
  const product = listedProduct({
    goods: 'Corin',
    fields: [],
    sentences: sentences.map((text) => ({ about: '', text })),
    questions: [],
  })
  return answeringLine(question, product, listingEvidence(product, lexicon), lexicon)?.line.text ?? null
}

describe('what a line is about', () => {
  it('is not what only gives a number in a unit that is asked for', () => {
    const lamp = ['In 4 Stunden per Kabel voll aufgeladen.', 'Ein Band für das Handgelenk.']
    expect(line('de', 'wie lange habe ich garantie?', lamp)).toBeNull()
    expect(line('it', 'che garanzia ho?', ['Brucia per circa 30 ore.', 'Vetro blu.'])).toBeNull()
  })

  it('answers in words that the question does not use', () => {
    expect(line('en', 'is it noisy?', ['A blue lamp.', 'With a quiet motor.'])).toContain('quiet')
  })

  it('is not what else shares a word with the question', () => {
    const flask = ['Charging time: 2 hours.', 'A strap for the wrist.']
    expect(line('en', 'how long does the battery last?', flask)).toBeNull()
  })

  it('is what each part of it tells', () => {
    const torch = ['A strap for the wrist.', 'Up to 9 hours on its rechargeable battery, charges by USB-C.']
    expect(line('en', 'how long does the battery last?', torch)).toContain('9 hours')
  })

  it('is heard in a story of things that no line names', () => {
    const told = ['A blue lamp.', 'With a quiet motor.']
    expect(line('en', 'my uncle naps next door and hates any noise', told)).toContain('quiet')
    expect(line('en', 'my uncle naps next door and hates dogs', told)).toBeNull()
  })

  it('is asked of a part only where the line names it', () => {
    expect(line('en', 'what is the buckle made of?', ['Made of cotton.'])).toBeNull()
  })
})

describe('made listings', () => {
  it.each(languageCodes)('are about the same in each language, before further ones: %s', (code) => {
    const aboutIn = (each: LanguageCode): string[][] =>
      alikeListings(lexiconOf(each).language).map(({ fields, sentences, questions }) => [
        ...new Set([...fields, ...sentences, ...questions].map(({ about }) => about)),
      ])
    expect(aboutIn(code)).toEqual(aboutIn('en'))
  })

  it('say that who asks of a thing asks of it', () => {
    expect(turnKindOf('does it hum at night', lexiconOf('en').language)?.kind).toBe('ask')
    expect(turnKindOf('wie lange hält die batterie', lexiconOf('de').language)?.kind).toBe('ask')
    expect(aboutOf('wie lange hält die batterie', 'asked', lexiconOf('de'))?.get('runtime')).toBeGreaterThan(
      0.5,
    )
  })
})
