import type { Requirement } from './requirement.ts'

export const shopTalk: Requirement[] = [
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
      'What somebody has to be kept from is remembered for the conversation: lists leave out what names it or a word that ends in it (peanuts, for nuts), a product that names it is said to, and that a listing may be silent is said too; what no listing says to be free of is not said to fit.',
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
      'Goods that nothing in the store is called by, nor may be meant by, are said to be not listed as they were asked for, with what only speaks of them or with kinds that the store has, and no product is said to fit; in doubt nothing of it is said.',
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
    id: 'SHOP-TALK-16',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'Questions and comparisons are about the products that rare words of their titles and choices call, in sight or not: two names are two products, one beside what is looked at is held against it, and "the two" are the two in sight or the last two that were looked at. Of other goods, those that have to do with what was spoken of come first.',
  },
  {
    id: 'SHOP-TALK-17',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'What is asked of goods that a message names is answered, or said to be unknown: how their listing begins is no answer; how many and how long is told by a line with a number.',
  },
  {
    id: 'SHOP-TALK-14',
    source: 'docs/design/shop.md#understand',
    behaviour:
      '"A bigger one" and "something lighter" are those whose listings state more or less of it than what is in sight, in eight languages; that none does is said. "Which of them is red?" asks for the red ones of what was looked for.',
  },
  {
    id: 'SHOP-TALK-18',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'What is listed apart for its size, model or colour is a near twin of what is in sight: "a bit smaller", "the older one", "in king" and "is the mini one in stock?" are of that twin, in eight languages, and of no other goods that are called so.',
  },
  {
    id: 'SHOP-TALK-15',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A cheaper or the cheapest one is one of what was asked for; what none of those shown has is said first, also where a later limit took it out of sight, and then none is said to fit; a misspelt or glued word finds what it was meant for.',
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
  {
    id: 'SHOP-READING-01',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'A model reads messages only once it has read sentences of known kind rightly and in time, behind an answer for which nobody waits; what is late or no reading leaves the message to the rules.',
  },
  {
    id: 'SHOP-READING-02',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'What a model reads is a kind, places of products in sight, and words that the rules understand: no number that nobody said, no value that the catalog does not state, nothing done; what is bought is begun by the rules alone.',
  },
  {
    id: 'SHOP-READING-03',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A model that may choose points at the lines of a listing that answer a question; they are quoted as they stand, and where none answers that is said.',
  },
  {
    id: 'SHOP-READING-04',
    source: 'docs/design/shop.md#understand',
    behaviour:
      'A danger or an allergy that the rules hear and a model does not is taken back with whom to call, or the offer to leave it out, never in silence; self-harm and violence are heard by the rules alone.',
  },
  {
    id: 'SHOP-CHOOSING-01',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A model chooses by their places which of the store’s goods meet a wish or are compared, and which lines of their listings show it; what is not sold is said in the shopper’s words.',
  },
  {
    id: 'SHOP-CHOOSING-02',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'Whatever a model chooses, no goods are shown that break a limit or hold what is not wanted, nothing outside of what it was given, and nothing that a listing plants is said or done.',
  },
  {
    id: 'SHOP-CHOOSING-03',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A model chooses only once it met wishes whose answer the catalog tells and knew when there was none, behind an answer for which nobody waits; without one, or when it is late, what the rules found is told.',
  },
  {
    id: 'SHOP-CHOOSING-04',
    source: 'docs/design/shop.md#answer',
    behaviour:
      'A shopper waits for a model as long as its last calls took, with some room, up to what the merchant allows; that it is looked at closely is said at once, what was found first is shown after a second and gives way to the answer, and one that is late is left alone.',
  },
  {
    id: 'SHOP-CHOOSING-05',
    source: 'docs/design/shop.md#evals',
    behaviour:
      'What a model at any OpenAI-compatible server, or replies that somebody writes, are worth on a store is measured on its own export, by conversations with what is expected of each message.',
  },
]
