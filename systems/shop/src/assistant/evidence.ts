import type { Evidence } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { heading } from './compare.ts'
import { isInStock, serviceLabel } from './cards.ts'
import { Phrases } from './phrases.ts'
import { piecesOf, sectionsOf } from './listing-lines.ts'
import { addressesTheAssistant } from './quotable.ts'
import { contentStems } from './words.ts'

export function makeEvidence(fields: Omit<Evidence, 'stems'>, lexicon: Lexicon = english): Evidence {
  return {
    ...fields,
    stems: new Set(contentStems(`${fields.heading ?? ''} ${fields.text} ${fields.question ?? ''}`, lexicon)),
  }
}

/** Whether a facet holds keywords, which a merchant files goods under: they answer no question, and who lacks one is not ruled out. */
export const isKeywords = (facet: string): boolean =>
  /^(?:tags?|keywords?|labels?|collections?|also_in)(?:[ _](?:titles?|handles?|names?))?$/i.test(facet)

/** What a listing states: attributes and options as `Name: values`, then its description piece by piece. */
export function listingEvidence(product: Product, lexicon: Lexicon = english): Evidence[] {
  const of = (kind: Evidence['kind'], field: string, text: string) =>
    makeEvidence(
      {
        kind,
        text,
        productId: product.id,
        source: { kind: 'product', productId: product.id, field },
      },
      lexicon,
    )
  const phrases = new Phrases(lexicon.language, '')
  const labelled = (name: string, value: string) => `${phrases.say(`table.${name}`)}: ${value}`
  const optionNames = [...new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))]
  return [
    ...(product.brand ? [of('attribute', 'brand', labelled('brand', product.brand))] : []),
    ...Object.entries(product.attributes).flatMap(([name, values]) =>
      isKeywords(name) ? [] : of('attribute', name, `${heading(name)}: ${values.join(', ')}`),
    ),
    ...optionNames.map((name) => {
      const values = [
        ...new Set(product.variants.filter(isInStock).flatMap((variant) => variant.options[name] ?? [])),
      ]
      return of(
        'attribute',
        name,
        phrases.say(values.length ? 'options.listed' : 'options.listed-none', {
          name: heading(name),
          values: values.join(', '),
        }),
      )
    }),
    ...(product.services.length
      ? [
          of(
            'attribute',
            'services',
            labelled('terms', product.services.map((service) => serviceLabel(service, phrases)).join(', ')),
          ),
        ]
      : []),
    ...(product.categories.length
      ? [of('attribute', 'categories', labelled('category', product.categories.join(' / ')))]
      : []),
    ...piecesOf(product.description)
      .filter(
        ({ text, heading }) =>
          // A page that asks ("Quanto è impermeabile?") answers nothing by that.
          !/[?？]\s*$/.test(text) && !addressesTheAssistant(`${heading ?? ''} ${text}`),
      )
      .map(({ text, heading }) => ofDescription(product, text, heading, lexicon)),
  ]
}

/** What the title says. */
export const titleEvidence = (product: Product, lexicon: Lexicon = english): Evidence =>
  makeEvidence(
    {
      kind: 'listing',
      text: product.title,
      productId: product.id,
      source: { kind: 'product', productId: product.id, field: 'title' },
    },
    lexicon,
  )

/** What stands under each heading of a description, as a whole: found by its heading alone. */
export function sectionEvidence(product: Product, lexicon: Lexicon = english): Evidence[] {
  return sectionsOf(product.description)
    .filter(({ text }) => !addressesTheAssistant(text))
    .map(({ heading, text }) => ({
      ...ofDescription(product, text, heading, lexicon),
      stems: new Set(contentStems(heading, lexicon)),
    }))
}

const ofDescription = (product: Product, text: string, heading: string | null, lexicon: Lexicon): Evidence =>
  makeEvidence(
    {
      kind: 'listing',
      text,
      productId: product.id,
      source: { kind: 'product', productId: product.id, field: 'description' },
      ...(heading === null ? {} : { heading }),
    },
    lexicon,
  )
