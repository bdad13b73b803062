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
    source: 'systems/shop/docs/search.md#by-meaning',
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
    id: 'SHOP-IMPORT-19',
    source: 'docs/design/shop.md#import',
    behaviour:
      'The column of what shoppers pay is told by names and by how columns stand to each other row by row; what was chosen and what may be the price as well is said before anything is live, and can be changed.',
  },
  {
    id: 'SHOP-IMPORT-20',
    source: 'docs/design/shop.md#import',
    behaviour:
      'Rows that are sizes, colours or packs of one product are joined where title, description and a column of choices say so, and nothing is joined by a title alone.',
  },
  {
    id: 'SHOP-IMPORT-21',
    source: 'docs/design/shop.md#import',
    behaviour: 'A variant costs what its product costs and what it adds, less what is taken off.',
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
    id: 'SHOP-STOREFRONT-04',
    source: 'docs/design/shop.md#storefront',
    behaviour:
      'While its first catalog is read in, a store says so in its language, answers dangers and greetings all the same, and shows its shelves by itself; a picture that cannot be had leaves no broken one.',
  },
]
