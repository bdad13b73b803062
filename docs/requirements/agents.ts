import type { Requirement } from './requirement.ts'

export const agents: Requirement[] = [
  {
    id: 'AGENTS-FILE-01',
    source: 'primitives/agents/README.md#the-file',
    behaviour: 'A definition reads the same from YAML and from JSON.',
  },
  {
    id: 'AGENTS-FILE-02',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'What is wrong with a file is said with line, column, what was expected, and the nearest name where one is near.',
  },
  {
    id: 'AGENTS-FILE-03',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'Aliases, tags and names that mean something to JavaScript are refused or plain data: a file is never code.',
  },
  {
    id: 'AGENTS-FILE-04',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'An edit keeps comments, quotes and order; lines that it does not touch stay as they were to the byte.',
  },
  {
    id: 'AGENTS-FILE-05',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'The same definition has one canonical text and one hash, whoever wrote it and in whatever order.',
  },
  {
    id: 'AGENTS-DIFF-01',
    source: 'primitives/agents/README.md#the-file',
    behaviour: 'A diff names steps, fields and edges by their ids, never lines of text.',
  },
  {
    id: 'AGENTS-DIFF-02',
    source: 'primitives/agents/README.md#the-file',
    behaviour: 'A diff is a patch: it makes the one definition out of the other, and back again.',
  },
  {
    id: 'AGENTS-DIFF-03',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'Edits of different steps and fields merge; two edits of the same field are a conflict, and neither is lost without a word.',
  },
  {
    id: 'AGENTS-DRAFT-01',
    source: 'primitives/agents/README.md#drafts',
    behaviour:
      'Every edit of a draft is a patch that is stored before it is answered, readable and reversible from any process.',
  },
  {
    id: 'AGENTS-DRAFT-02',
    source: 'primitives/agents/README.md#drafts',
    behaviour:
      'Edits of two tabs merge where they touch different steps or fields; of the same field both values are shown and a person chooses.',
  },
  {
    id: 'AGENTS-DRAFT-03',
    source: 'primitives/agents/README.md#drafts',
    behaviour:
      'A tab takes back its own edits and makes them again, to the byte where nothing else happened, by meaning past what others did, and never over it.',
  },
  {
    id: 'AGENTS-RUN-01',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A run goes through its steps as the definition joins them, and each step is in its journal with when, what and how it came out.',
  },
  {
    id: 'AGENTS-RUN-02',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A step that no exit leads to is skipped, and what comes after it alone; one whose condition is not true is skipped, and what comes after goes on.',
  },
  {
    id: 'AGENTS-RUN-03',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A failure goes to the step’s error exit; where nothing handles it the run fails, with code, cause and path.',
  },
  {
    id: 'AGENTS-RUN-04',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A map runs its steps for each item, at most so many at once, and its output is in the order of the items.',
  },
  {
    id: 'AGENTS-KILL-01',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'Whenever its process dies, a run does every effect once and ends the same: intent before, outcome after, and what was written is not done again.',
  },
  {
    id: 'AGENTS-KILL-02',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'Server processes on one database that are killed at random moments lose no accepted run, double no effect and change no end state; the others go on.',
  },
  {
    id: 'AGENTS-CALL-01',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A call that may have happened, of a tool without a key and without a check, is put to a person with what is known of it, and never repeated blindly.',
  },
  {
    id: 'AGENTS-CALL-02',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A call that failed for a passing reason, its source being away among them, is tried again as its step says, always with the same idempotency key.',
  },
  {
    id: 'AGENTS-CALL-03',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A tool that never answers, answers too much, breaks off or is given what does not fit fails its step with a code that says which.',
  },
  {
    id: 'AGENTS-LOOP-01',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A model’s loop with tools is journalled turn by turn and call by call: a crash costs at most the turn that was being written.',
  },
  {
    id: 'AGENTS-MODEL-01',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A model step asks the gateway by its route; its answer fits the step’s schema or the step fails, and its cost is the gateway’s.',
  },
  {
    id: 'AGENTS-APPROVE-01',
    source: 'primitives/agents/README.md#runs',
    behaviour: 'A run that waits for a person holds nothing, and the first answer stays.',
  },
  {
    id: 'AGENTS-APPROVE-02',
    source: 'primitives/agents/README.md#runs',
    behaviour: 'At its deadline a question ends as its step says, and a later answer is refused.',
  },
  {
    id: 'AGENTS-WAIT-01',
    source: 'primitives/agents/README.md#runs',
    behaviour: 'An event sets every run of its tenant going that waits for one of its type, and no other.',
  },
  {
    id: 'AGENTS-AGENT-01',
    source: 'primitives/agents/README.md#runs',
    behaviour: 'An agent that calls an agent waits for its run and has its result or its failure.',
  },
  {
    id: 'AGENTS-AGENT-02',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'An agent that would call itself, also by others, is refused when it is published, and calls are bounded in depth.',
  },
  {
    id: 'AGENTS-AGENT-03',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour:
      'An agent as a tool runs under the rules of who calls it while the caller rests, and agents call each other in no circle.',
  },
  {
    id: 'AGENTS-CANCEL-01',
    source: 'primitives/agents/README.md#runs',
    behaviour: 'Cancelling ends a run that waits or works; one that has ended stays as it is.',
  },
  {
    id: 'AGENTS-CANCEL-02',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A cancelled run begins no further step, not one that would handle a failure either; the kill switch ends every run of an agent, in whichever process.',
  },
  {
    id: 'AGENTS-START-01',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'The same id joins the run there is; an input that does not fit the agent’s schema starts nothing.',
  },
  {
    id: 'AGENTS-PAYLOAD-01',
    source: 'primitives/agents/README.md#runs',
    behaviour: 'Values over 64 KiB are objects; rows hold where they are.',
  },
  {
    id: 'AGENTS-STUDIO-01',
    source: 'primitives/agents/README.md#studio',
    behaviour: 'The canvas draws every step with its exits and every edge, of a broken definition too.',
  },
  {
    id: 'AGENTS-STUDIO-02',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'A tab shows what is typed at once and saves it within a second, takes in what other tabs do, and asks where both changed one field.',
  },
  {
    id: 'AGENTS-STUDIO-03',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'Steps of every kind are added whole, connected by their exits, and taken away without breaking the way past them.',
  },
  {
    id: 'AGENTS-STUDIO-04',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'Any step is tried alone on real input: on what the other steps made in the last run, inside a map on one item, past its condition. What it reads and no run has made is computed where that has no effect; else it is said what is missing.',
  },
  {
    id: 'AGENTS-STUDIO-05',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'A description becomes a draft by a model of the gateway, is checked, and given back to it with its problems; without a model that is said.',
  },
  {
    id: 'AGENTS-STUDIO-06',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'The form edits the file and leaves its comments; what is wrong stands at its field and in a list.',
  },
  {
    id: 'AGENTS-STUDIO-07',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'A file of another platform becomes a draft on the page of templates, with what is left to do by hand first.',
  },
  {
    id: 'AGENTS-APPROVE-03',
    source: 'primitives/agents/README.md#studio',
    behaviour: 'Questions that ask the same are answered together; those that are left out are not.',
  },
  {
    id: 'AGENTS-APPROVE-04',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'What a question shows is read without knowing JSON: texts as they are, alike things as a table, others by their fields.',
  },
  {
    id: 'AGENTS-CONSOLE-01',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'In a browser an agent is made out of a template: a step added, connected by dragging, tried, undone and published; readable in light and dark.',
  },
  {
    id: 'AGENTS-CONSOLE-02',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'A run that waits for a person takes the answer on its page and is seen to go on, on a phone too.',
  },
  {
    id: 'AGENTS-CONSOLE-03',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'The canvas and its libraries are loaded on the pages that draw with them, and not with the frame.',
  },
  {
    id: 'AGENTS-SYNC-01',
    source: 'primitives/agents/README.md#files-in-a-repository',
    behaviour:
      'A folder of definitions and the server come together: edits of either side are carried over, of both merged by meaning, and of the same field shown and left alone.',
  },
  {
    id: 'AGENTS-SAMPLE-01',
    source: 'primitives/agents/README.md#studio',
    behaviour:
      'A new installation has at least six agents, made from templates, that have run on sample data; loading the sample twice adds nothing.',
  },
  {
    id: 'AGENTS-HOOK-01',
    source:
      'primitives/agents/README.md#triggers-limits-versions; https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
    behaviour:
      'A webhook is signed as Standard Webhooks says; a wrong signature, another body, or a timestamp five minutes off is refused.',
  },
  {
    id: 'AGENTS-HOOK-02',
    source: 'primitives/agents/README.md#triggers-limits-versions',
    behaviour:
      'A message of a webhook that comes again starts nothing; its address and secret stay from version to version.',
  },
  {
    id: 'AGENTS-CRON-01',
    source: 'primitives/agents/README.md#triggers-limits-versions',
    behaviour: 'A schedule follows its time zone; one that is none is refused before it is live.',
  },
  {
    id: 'AGENTS-CRON-02',
    source: 'primitives/agents/README.md#triggers-limits-versions',
    behaviour:
      'A schedule starts one run a tick; a tick passes while the run of the one before has not ended, so that one of every second is no flood.',
  },
  {
    id: 'AGENTS-EVENT-01',
    source: 'standard: CloudEvents 1.0, HTTP protocol binding, 3',
    behaviour: 'CloudEvents are read structured, binary and batched.',
  },
  {
    id: 'AGENTS-EVENT-02',
    source: 'primitives/agents/README.md#triggers-limits-versions',
    behaviour:
      'A CloudEvent starts a run of each trigger of its type and source, once for the same source and id.',
  },
  {
    id: 'AGENTS-QUEUE-01',
    source: 'primitives/agents/README.md#triggers-limits-versions',
    behaviour:
      'A message on a queue or a stream starts a run of each agent that takes from it, once; what no run can begin with is laid aside and holds nothing up.',
  },
  {
    id: 'AGENTS-LIMIT-01',
    source: 'primitives/agents/README.md#triggers-limits-versions',
    behaviour:
      'Limits of runs at once and a minute hold over all processes; what is over waits in line and comes to its turn.',
  },
  {
    id: 'AGENTS-LIMIT-02',
    source: 'primitives/agents/README.md#triggers-limits-versions',
    behaviour: 'A run that has used its money ends; a day’s money that is used lets further runs wait.',
  },
  {
    id: 'AGENTS-VERSION-01',
    source: 'primitives/agents/README.md#triggers-limits-versions',
    behaviour:
      'New runs go to the live version, a share of them by their ids to the canary; rollback is an older version, and old runs finish on theirs.',
  },
  {
    id: 'AGENTS-FORK-01',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A fork takes over what went before a step where it is the same, does the rest anew, and leaves the run it is of as it is.',
  },
  {
    id: 'AGENTS-LIVE-01',
    source: 'primitives/agents/README.md#runs',
    behaviour: 'A run can be followed live, entry by entry, from any entry on, until it has ended.',
  },
  {
    id: 'AGENTS-SEARCH-01',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'Runs are found by words of their input, result or error, and one becomes a case with what should come of it.',
  },
]
