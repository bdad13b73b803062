import type { Requirement } from './requirement.ts'

export const shop: Requirement[] = [
  {
    id: 'SHOP-IMPORT-01',
    source: 'docs/design/shop.md#import',
    behaviour:
      'CSV, JSONL, Shopify and Merchant XML feeds are read, with variants, images, reviews and questions.',
  },
  {
    id: 'SHOP-IMPORT-02',
    source: 'docs/design/shop.md#import',
    behaviour:
      'A row that is wrong is rejected with its line and reason; every row is accounted for, wherever the file is cut.',
  },
  {
    id: 'SHOP-IMPORT-03',
    source: 'docs/design/shop.md#import',
    behaviour:
      'A wrong encoding, missing columns, duplicate ids, HTML, negative prices, huge cells and half-written files each get a reason.',
  },
  {
    id: 'SHOP-IMPORT-04',
    source: 'docs/design/shop.md#import',
    behaviour:
      'An import is staged and swapped: the catalog is never half-imported; a re-import updates in place.',
  },
  {
    id: 'SHOP-IMPORT-05',
    source: 'docs/design/shop.md#import',
    behaviour: '50,000 products import in under 60 s on two cores.',
    status: 'open',
  },
  {
    id: 'SHOP-IMPORT-06',
    source: 'docs/design/shop.md#import',
    behaviour: 'An import that is killed goes on after the next start, and loses nothing.',
  },
  {
    id: 'SHOP-IMPORT-07',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'A feed expands no entities and yields no markup or control characters.',
  },
  {
    id: 'SHOP-UNDERSTAND-01',
    source: 'docs/design/shop.md#understand',
    behaviour: 'A stated price becomes the right bounds, inclusive or not, in the catalog’s currency.',
  },
  {
    id: 'SHOP-UNDERSTAND-02',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'Stated options, attributes, services, ratings and negations become constraints; nothing is invented.',
  },
  {
    id: 'SHOP-UNDERSTAND-03',
    source: 'docs/design/shop.md#understand',
    behaviour: 'Follow-ups refer to what was shown: cheaper, the red one, another product starts afresh.',
  },
  {
    id: 'SHOP-SEARCH-01',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'No hit violates a constraint that was not relaxed; what was relaxed is said, and as little as possible.',
  },
  {
    id: 'SHOP-SEARCH-02',
    source: 'docs/design/shop.md#search',
    behaviour: 'Words are ranked by field, stem, spelling and synonyms; an explanation adds up to the score.',
  },
  {
    id: 'SHOP-SEARCH-03',
    source: 'docs/design/shop.md#search',
    behaviour: 'Constraints on options and price hold on one and the same variant.',
  },
  {
    id: 'SHOP-SEARCH-04',
    source: 'docs/design/shop.md#search',
    behaviour: 'An index version is built whole or not at all, and updated to what a full build would give.',
  },
  { id: 'SHOP-SEARCH-05', source: 'docs/design/shop.md#search', behaviour: 'Tenants’ indexes are apart.' },
  {
    id: 'SHOP-SEARCH-06',
    source: 'docs/design/shop.md#search',
    behaviour: 'On the shopping benchmark nDCG@10 is at least .85 and R@10 at least .95.',
    status: 'open',
  },
  {
    id: 'SHOP-SEARCH-07',
    source: 'docs/decisions/0038-arrow-files-for-search.md',
    behaviour: 'An index that another release or other language data made is built anew from the catalog.',
  },
  {
    id: 'SHOP-SEARCH-08',
    source: 'docs/design/shop.md#search',
    behaviour:
      'A facet that is merely named ranks; it filters only where most of what is found states it and the best match holds it.',
  },
  {
    id: 'SHOP-SEARCH-09',
    source: 'docs/design/shop.md#search',
    behaviour:
      'What a product is goes before what it goes with, learned from the catalog: laptops before laptop locks for “laptop”.',
  },
  {
    id: 'SHOP-SEARCH-10',
    source: 'systems/shop/README.md#search',
    behaviour:
      'With a model for embeddings a catalog is read in the background, each text once, and products are found by what they mean beside their words; without one, and until then, by words alone.',
  },
  {
    id: 'SHOP-SEARCH-11',
    source: 'docs/design/shop.md#search',
    behaviour:
      'In German, Dutch and Swedish a word finds what is written as one word with it and is a kind of it (Dinkelnudeln for Nudeln), after the word itself.',
  },
  {
    id: 'SHOP-SEARCH-12',
    source: 'docs/design/shop.md#search',
    behaviour:
      'What the store’s own categories call a thing goes before what only mentions it: phones before phone cases for “phone”, whatever their titles say.',
  },
  {
    id: 'SHOP-LANGUAGE-01',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'Singular and plural are one word to understanding, search and answers, in each of eight languages.',
  },
  {
    id: 'SHOP-LANGUAGE-02',
    source: 'docs/design/shop.md#search',
    behaviour:
      'A title is found by other forms of its words, with accents or without, in each of eight languages.',
  },
  {
    id: 'SHOP-LANGUAGE-03',
    source: 'docs/design/shop.md#search',
    behaviour:
      'Synonyms, those that a store’s operator writes too, hold for understanding, search and answers alike, from the next question on.',
  },
  {
    id: 'SHOP-LANGUAGE-05',
    source: 'docs/design/shop.md#understand',
    behaviour: 'The language of a message is told, and one that the shop cannot read is said to be so.',
  },
  {
    id: 'SHOP-LANGUAGE-07',
    source: 'docs/design/shop.md#pills',
    behaviour:
      'A store answers wholly in its language, prices written as it writes them; so do its pills, each of which does what it says.',
  },
  {
    id: 'SHOP-LANGUAGE-06',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'Prices, limits, sizes, exclusions and attributes are understood in each language that a store may speak.',
  },
  {
    id: 'SHOP-LANGUAGE-04',
    source: 'docs/decisions/0039-language.md',
    behaviour: 'Words are stemmed in one place, which understanding, search, answers and their checks share.',
  },
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
    id: 'SHOP-PICTURES-01',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'Products’ pictures on other hosts are named, to whoever looks, by signed addresses of our own; the server fetches what it signed and nothing else.',
  },
  {
    id: 'SHOP-PICTURES-02',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'A picture is fetched once for all who look, from public addresses only, is a picture by its first bytes, and is kept within a bound.',
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
    id: 'SHOP-STOREFRONT-01',
    source: 'docs/design/shop.md#storefront',
    behaviour: 'The web component shows text as text: no markup runs, no address that could run is linked.',
  },
  {
    id: 'SHOP-STOREFRONT-02',
    source: 'docs/design/shop.md#storefront',
    behaviour: 'The web component is under 60 kB gzipped and free of serious accessibility violations.',
    status: 'open',
  },
  {
    id: 'SHOP-STOREFRONT-03',
    source: 'docs/design/shop.md#storefront',
    behaviour: 'A chat’s history comes back after a reload, and a broken one starts anew.',
  },
  {
    id: 'SHOP-MCP-02',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'What agents are told of a call that fails is ours: no word of the database, of a library, of a defect.',
  },
  {
    id: 'SHOP-MCP-01',
    source: 'docs/design/shop.md#agents',
    behaviour: 'An MCP client searches, reads, compares and fills a basket.',
    status: 'open',
  },
  {
    id: 'SHOP-EXPERIMENT-01',
    source: 'docs/design/shop.md#experiment',
    behaviour: 'Purchases come back as outcomes, and the console shows the uplift with its interval.',
    status: 'open',
  },
  {
    id: 'SHOP-SAMPLE-01',
    source: 'docs/design/shop.md#sample',
    behaviour: 'The sample is the same for the same seed, with planted review aspects that the truth counts.',
  },
  {
    id: 'SHOP-SAMPLE-02',
    source: 'docs/design/shop.md#sample',
    behaviour:
      'The sample spreads over twelve departments, holds no duplicates and only sensible combinations.',
  },
  {
    id: 'SHOP-IMPORT-08',
    source: 'docs/design/shop.md#import',
    behaviour: 'An import that is cancelled leaves the catalog as it was.',
  },
  {
    id: 'SHOP-IMPORT-09',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'One tenant sees nothing of another’s catalog.',
  },
  {
    id: 'SHOP-IMPORT-10',
    source: 'docs/design/shop.md#import',
    behaviour:
      'Exports of shop platforms go in as they come, variants joined to their products with options and categories; what the shop itself hides does not go live.',
  },
  {
    id: 'SHOP-IMPORT-11',
    source: 'docs/design/shop.md#import',
    behaviour:
      'JSON goes in as an array, as one object a line, or as a document that nests its products somewhere.',
  },
  {
    id: 'SHOP-IMPORT-12',
    source: 'docs/design/shop.md#import',
    behaviour:
      'Which column states what is proposed from names and cells; constants, links, ids, HTML and prose are nothing to choose by, and values keep their case.',
  },
  {
    id: 'SHOP-IMPORT-13',
    source: 'docs/design/shop.md#import',
    behaviour: 'A catalog without prices works, and nothing is said of prices.',
  },
  {
    id: 'SHOP-IMPORT-14',
    source: 'docs/design/shop.md#import',
    behaviour:
      'The catalog before an import is kept until the next one, and comes back when the import is undone.',
  },
  {
    id: 'SHOP-IMPORT-15',
    source: 'docs/design/shop.md#import',
    behaviour: 'An import of which no row is left fails, and the catalog stays.',
  },
  {
    id: 'SHOP-IMPORT-16',
    source: 'docs/design/shop.md#import',
    behaviour: 'A catalog that comes instead of the sample takes the sample away.',
  },
  {
    id: 'SHOP-IMPORT-17',
    source: 'docs/design/shop.md#import',
    behaviour:
      'A feed by address is fetched by a schedule, and imported when its server says that it changed.',
  },
  {
    id: 'SHOP-IMPORT-18',
    source: 'docs/design/shop.md#import',
    behaviour:
      'A description keeps the lines of its page: headings, paragraphs and items of lists, without markup.',
  },
  {
    id: 'SHOP-MERCHANDISING-01',
    source: 'docs/design/shop.md#search',
    behaviour:
      'Pins, boosts and buried values arrange lists after ranking; what the shopper sorted or insists on holds.',
  },
  {
    id: 'SHOP-MERCHANDISING-02',
    source: 'docs/design/shop.md#answer',
    behaviour: 'A store answers in its own words, or not at all, where it says so.',
  },
  {
    id: 'SHOP-MERCHANDISING-03',
    source: 'docs/design/shop.md#search',
    behaviour: 'A kept test says whether a product still stands where the merchant wants it.',
  },
  {
    id: 'SHOP-UNDERSTAND-04',
    source: 'docs/design/shop.md#understand',
    behaviour: 'Any text is read without an error, into bounds in order and values that the catalog states.',
  },
  {
    id: 'SHOP-UNDERSTAND-05',
    source: 'docs/design/shop.md#evals',
    behaviour: 'shop.constraints meets its goals on the sample and beats plain string matching.',
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
    id: 'SHOP-TALK-01',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A question to the store is answered in the words of its policies, or with that it has not said and whom to ask; never with a product.',
  },
  {
    id: 'SHOP-TALK-02',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'Danger, medicine and allergies are answered shortly and kindly, without cards but for what a listing states to be free of it; what somebody has to be kept from is told in any words, in eight languages.',
  },
  {
    id: 'SHOP-TALK-03',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'Follow-ups keep the topic until another kind of goods is named; "cheaper" is cheaper than the cheapest in sight, and "the first two" are those shown.',
  },
  {
    id: 'SHOP-TALK-04',
    source: 'docs/design/shop.md#answer',
    behaviour: 'An operator finds conversations by words, date and what became of a message.',
  },
  {
    id: 'SHOP-UNDERSTAND-06',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'What a shopper does not want leaves out every product whose listing names it and does not deny it; how many were left out is said.',
  },
  {
    id: 'SHOP-TALK-05',
    source: 'docs/design/shop.md#answer',
    behaviour: 'The assistant’s sentences are data of a language, complete in each of eight.',
  },
  {
    id: 'SHOP-TALK-06',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'What somebody has to be kept from is remembered for the conversation: lists leave out what names it or a word that ends in it (peanuts, for nuts), a product that names it is said to, and that a listing may be silent is said too.',
  },
  {
    id: 'SHOP-TALK-07',
    source: 'docs/design/shop.md#answer',
    behaviour: 'Rules of the store are offered as a next question only where it has stated them.',
  },
  {
    id: 'SHOP-UNDERSTAND-07',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'Orders (cheapest, dearest, best rated, most reviewed, newest), an amount said alone as about so much, and prices as shares of one that was shown are understood in eight languages; where nothing is rated, that is said.',
  },
  {
    id: 'SHOP-UNDERSTAND-08',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'A limit on one side of a thing ("not wider than 120 cm") is one of that side alone, whether or not it is turned round, also where the catalog states them without a unit.',
  },
  {
    id: 'SHOP-UNDERSTAND-09',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'What a catalog calls its goods is learned when it is imported: a message asks for what it names by such a word, wherever the word stands, and under facets that such goods state.',
  },
  {
    id: 'SHOP-TALK-08',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'What a message asks for and no listing shown states is said, in the conversation and in lists, and what only some of them state is shown first; words that name no goods of the store keep the topic.',
  },
  {
    id: 'SHOP-TALK-09',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A product is what the phrases of its title and its shelves call it: what only names a thing, or goes with it, is not shown as one without saying so; a size that no listing states is not said to be in stock, and several cost as many times the price.',
  },
  {
    id: 'SHOP-TALK-10',
    source: 'docs/design/shop.md#understand',
    behaviour: 'Places in a list ("the second one") are understood in eight languages.',
  },
  {
    id: 'SHOP-TALK-11',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'Goods that nothing in the store is called by, nor may be meant by, are said to be not listed, with kinds that the store has, and no product is said to fit; in doubt nothing of it is said.',
  },
  {
    id: 'SHOP-TALK-12',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'A short message narrows the last search only where that says as much of it as a search of its own: what nothing is called is said to be missing, and what the last kind lacks is looked for beyond its price, then among other goods.',
  },
  {
    id: 'SHOP-TALK-13',
    source: 'docs/design/shop.md#understand',
    behaviour:
      '"The velour one" is the product that its words tell from the others shown, or the only one of the last kind that is called so.',
  },
  {
    id: 'SHOP-TALK-14',
    source: 'docs/design/shop.md#understand',
    behaviour:
      '"A bigger one" and "something lighter" are those whose listings state more or less of it than what is in sight, in eight languages; that none does is said. "Which of them is red?" asks for the red ones of what was looked for.',
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
  {
    id: 'SHOP-WORDING-01',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'What a model gives as someone’s words was said by them: reviewers’ by reviewers, the listing’s by the listing, nothing by the shopper.',
  },
  {
    id: 'SHOP-WORDING-02',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A model’s echo of its prompt, a fragment, a garbled sentence or one that says nothing is stopped.',
  },
  {
    id: 'SHOP-WORDING-03',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A comparison that was not computed, one product called another, and one field’s value under another’s name are stopped.',
  },
  {
    id: 'SHOP-WORDING-04',
    source: 'docs/design/models.md#cache',
    behaviour:
      'A pill that a model words is asked for behind everything interactive and kept; the same question about the same facts asks no model again.',
  },
  {
    id: 'SHOP-WORDING-05',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'The composer’s first sentence waits for no model, and a model is asked only while what was measured says that it is worth the wait; it is tried out behind answers.',
  },
]
