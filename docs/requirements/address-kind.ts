import type { Requirement } from './requirement.ts'

const readme = 'systems/address/README.md'

/** What kind of place an address is: evidence, decision, learning. */
export const addressKind: Requirement[] = [
  {
    id: 'ADDRESS-KIND-01',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'A decision shows each document with its quote, date and weight; prior and weights sum to the log-odds of the decided kind.',
  },
  {
    id: 'ADDRESS-KIND-02',
    source: 'standard: USPS Publication 28, 2',
    behaviour: 'PO boxes, military, rural route and general delivery addresses are told by their form alone.',
  },
  {
    id: 'ADDRESS-KIND-03',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'It says whether a unit is needed or missing, what to ask, and when somebody is there in opening_hours syntax.',
  },
  {
    id: 'ADDRESS-KIND-04',
    source: `${readme}#what-kind-of-place`,
    behaviour: 'Where nothing tells, the kind is unknown and the customer is asked.',
  },
  {
    id: 'ADDRESS-KIND-05',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'Documents that speak for another kind are told as conflicts; of two that disagree the newer counts more.',
  },
  {
    id: 'ADDRESS-KIND-06',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'Kinds are read out of notes, emails, pages, records and deliveries, also where some are misspelt or contradict the others.',
  },
  {
    id: 'ADDRESS-KIND-07',
    source: `${readme}#what-kind-of-place`,
    behaviour: 'What one document can add is bounded by how far its source is believed.',
  },
  {
    id: 'ADDRESS-ORDER-01',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'Sentences that tell a reader or a program what to conclude are known from instructions for drivers.',
  },
  {
    id: 'ADDRESS-ORDER-02',
    source: `${readme}#what-kind-of-place`,
    behaviour: 'Orders in documents change no decision; they are shown as ignored.',
  },
  {
    id: 'ADDRESS-HOURS-01',
    source: 'https://wiki.openstreetmap.org/wiki/Key:opening_hours',
    behaviour: 'Hours are read out of prose, tables and opening_hours, and none where none are told.',
  },
  {
    id: 'ADDRESS-LEARN-01',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'Weights and how far each source is believed are learned; each is fitted on sources that the weights had not seen, with the shares of kinds of its own source, so that what is usual in a town is no fault of its documents.',
  },
  {
    id: 'ADDRESS-CSV-01',
    source: `${readme}#classify-a-file`,
    behaviour:
      'A CSV file becomes decisions a row, with documents by id; rows that cannot be read go to a file with their reasons.',
  },
  {
    id: 'ADDRESS-CSV-02',
    source: `${readme}#classify-a-file`,
    behaviour:
      'A run that was stopped anywhere goes on after its last whole row, with the same end as in one go.',
  },
  {
    id: 'ADDRESS-LEDGER-01',
    source: `${readme}#in-the-console-and-over-http`,
    behaviour: 'Every decision is in the ledger with what it knew, by tenant; the same id is decided anew.',
  },
  {
    id: 'ADDRESS-CSV-03',
    source: `${readme}#classify-a-file`,
    behaviour:
      'Columns of an address are found whatever they are called, by their names and by what stands in them; those of an owner are not taken for the place, number and street may stand apart.',
  },
  {
    id: 'ADDRESS-LEARN-05',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'In a list that nobody knows, what is usual is the mean over the lists that were learned from, those that name who is there apart from those that do not.',
  },
  {
    id: 'ADDRESS-LEARN-06',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'What only one of the lists that were learned from says, only lists of one group (a state), or none, counts for nothing.',
  },
  {
    id: 'ADDRESS-LEARN-07',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'In a list of which nothing was answered, only that is decided alone which is sure enough for at most 5 % errors in each of the known lists, by weights of the others.',
  },
  {
    id: 'ADDRESS-LEARN-08',
    source: `${readme}#what-kind-of-place`,
    behaviour:
      'Where documents speak, how sure is sure enough comes from documents that nothing was learned from, and no list that the weights are wrong about changes it; a row beside them makes nothing sure.',
  },
  {
    id: 'ADDRESS-LEARN-09',
    source: `${readme}#classify-a-file`,
    behaviour:
      'Whoever knows which kinds of places a file mostly holds says so in percent; that is the prior, what is left is as elsewhere, and no row is decided alone for it before answers bear it out.',
  },
  {
    id: 'ADDRESS-LEARN-10',
    source: `${readme}#classify-a-file`,
    behaviour:
      'While nobody told what a list holds, it is said how many of its kinds may be right, between what held for nine of ten lists that were held out.',
  },
  {
    id: 'ADDRESS-LEARN-11',
    source: `${readme}#what-kind-of-place`,
    behaviour: 'What is usual in a list that was learned from is no say of the words that its rows have.',
  },
  {
    id: 'ADDRESS-LEARN-04',
    source: `${readme}#in-the-console-and-over-http`,
    behaviour:
      'From ten answers about addresses that were asked, the others of the town are decided by what is usual there, and as sure as the answers bear out.',
  },
  {
    id: 'ADDRESS-LEARN-02',
    source: `${readme}#in-the-console-and-over-http`,
    behaviour:
      'A correction changes the decision for good, tells the ledger whether it was right, and changes how far its sources are believed.',
  },
  {
    id: 'ADDRESS-DEFECT-01',
    source: `${readme}#in-the-console-and-over-http`,
    behaviour:
      'First-time defects are compared with a share of addresses that goes without the agent, with an interval, out of the ledger.',
  },
  {
    id: 'ADDRESS-SAMPLE-01',
    source: `${readme}#in-the-console-and-over-http`,
    behaviour: 'Samples are loaded once, marked, and removed with their decisions.',
  },
  {
    id: 'ADDRESS-MAP-01',
    source: `${readme}#in-the-console-and-over-http`,
    behaviour:
      'The map shows addresses with coordinates and the streets that their numbers draw; nothing is fetched from elsewhere.',
  },
  {
    id: 'ADDRESS-KIND-08',
    source: `${readme}#classify-a-file`,
    behaviour:
      'The eval of kinds reads sales, licences and addresses with documents; what states the kind, and labels, are read to score only.',
  },
  {
    id: 'ADDRESS-AGENT-01',
    source: `${readme}#as-an-agent`,
    behaviour:
      'The agent “place-kind” decides as the system does, keeps what it decided, and says what to ask the customer where it is less sure than its definition wants.',
  },
  {
    id: 'ADDRESS-AGENT-02',
    source: `${readme}#as-an-agent`,
    behaviour:
      'An order inside a document is only text to the agent; what cannot be kept fails with its reason.',
  },
]
