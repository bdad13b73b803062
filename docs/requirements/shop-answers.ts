import type { Requirement } from './requirement.ts'

export const shopAnswers: Requirement[] = [
  {
    id: 'SHOP-ANSWER-01',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'An answer streams a status first, then cards from the catalog, text with citations, and next questions.',
  },
  {
    id: 'SHOP-ANSWER-02',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'Without a model the answer names the best match with reasons, trade-offs, comparisons and review counts with quotes.',
  },
  {
    id: 'SHOP-ANSWER-03',
    source: 'docs/design/shop.md#answer',
    behaviour: 'Reviews are counted once per aspect; a verdict never exceeds its mentions.',
  },
  {
    id: 'SHOP-ANSWER-04',
    source: 'docs/design/shop.md#answer',
    behaviour: 'A lying model grounds nothing: 1,000 answers, 0 ungrounded claims.',
    status: 'open',
  },
  {
    id: 'SHOP-ANSWER-05',
    source: 'docs/design/shop.md#answer',
    behaviour: 'The first chunk arrives in under 100 ms (median) with 50,000 products and 32 shoppers.',
    status: 'open',
  },
  {
    id: 'SHOP-ANSWER-06',
    source: 'docs/design/shop.md#answer',
    behaviour: 'An interrupted answer resumes after the last event, also after the process died.',
  },
  {
    id: 'SHOP-ANSWER-07',
    source: 'docs/design/shop.md#answer',
    behaviour: 'The AI SDK’s own client reads every part of the answer.',
  },
  {
    id: 'SHOP-ANSWER-08',
    source: 'docs/design/shop.md#answer',
    behaviour: 'Every answer is recorded with inputs, plan, calls and a ledger decision.',
  },
  {
    id: 'SHOP-MEMORY-01',
    source: 'docs/design/shop.md#memory',
    behaviour:
      'What a shopper saw, asked and decided follows them to another device; shoppers and tenants never mix.',
  },
  {
    id: 'SHOP-MEMORY-02',
    source: 'docs/design/shop.md#memory',
    behaviour: 'Memory can be seen, edited and deleted by its owner only.',
  },
  {
    id: 'SHOP-MEMORY-03',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'A shopper token names its shopper to its tenant only; made-up ones name nobody.',
  },
  {
    id: 'SHOP-MEMORY-04',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'Shoppers’ tokens and proofs of identity end with their time; their keys change with both valid for a while; all, or one shopper’s, are ended at once.',
  },
  {
    id: 'SHOP-TOOLS-01',
    source: 'docs/design/shop.md#tools',
    behaviour:
      'A side effect needs the shopper’s confirmation, says exactly what will happen, and happens once.',
  },
  {
    id: 'SHOP-TOOLS-02',
    source: 'docs/design/shop.md#tools',
    behaviour:
      'A confirmation is worth nothing to another shopper or tenant, later, or above the agreed price.',
  },
  {
    id: 'SHOP-TOOLS-03',
    source: 'docs/design/shop.md#tools',
    behaviour: 'Auto-buy buys once at the target price, by however many processes; an alert buys nothing.',
  },
  {
    id: 'SHOP-TOOLS-04',
    source: 'docs/design/shop.md#tools',
    behaviour: 'Auto-buy survives a kill at any moment: every watch is bought once.',
  },
  {
    id: 'SHOP-TOOLS-05',
    source: 'docs/design/shop.md#tools',
    behaviour: 'Cancellations, returns and exchanges follow the store’s policy; money is kept.',
  },
  {
    id: 'SHOP-TOOLS-06',
    source: 'docs/design/shop.md#tools',
    behaviour: 'A model that obeys every injection triggers no tool and no side effect.',
    status: 'open',
  },
  {
    id: 'SHOP-PILLS-01',
    source: 'docs/design/shop.md#pills',
    behaviour:
      'Likely questions are answered ahead of time and served from the cache; the hit rate is counted.',
  },
  {
    id: 'SHOP-ANSWER-10',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A server that is killed while it answers loses no message that it acknowledged, keeps none twice, and answers after the restart.',
  },
  {
    id: 'SHOP-ANSWER-09',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A model’s sentence with a price, rating, claim, product or action that the facts of the turn do not hold is stopped.',
  },
  {
    id: 'SHOP-ANSWER-11',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A listing is quoted by its sentences, items and what stands under a heading; what it is made of, how it is used, how it fits, who makes it and what is in the box are found in the words that listings use, in eight languages.',
  },
  {
    id: 'SHOP-PILLS-02',
    source: 'docs/design/shop.md#pills',
    behaviour: 'A pill’s answer is made again when its product changed; tenants’ pills are apart.',
  },
  {
    id: 'SHOP-EVAL-01',
    source: 'docs/design/shop.md#evals',
    behaviour: 'shop.retrieval and shop.constraints score the files of --data.',
  },
  {
    id: 'SHOP-EVAL-02',
    source: 'docs/design/shop.md#evals',
    behaviour:
      'shop.constraints counts inventions per facet constraint, values said in the catalog’s words and in others apart, and each source by itself.',
  },
  {
    id: 'SHOP-JUDGED-01',
    source: 'docs/design/shop.md#evals',
    behaviour: 'shop.judged scores lists by people’s grades, for catalogs and for judged titles.',
  },
]
