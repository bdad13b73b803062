import type { Requirement } from './requirement.ts'

const readme = 'systems/ready/README.md'

/** Game days, and the review. */
export const readyGameDay: Requirement[] = [
  {
    id: 'READY-GAMEDAY-01',
    source: `${readme}#game-days`,
    behaviour:
      'A game day is data: a hypothesis, objectives of OpenSLO, faults only on what it names, and a condition that ends it.',
  },
  {
    id: 'READY-GAMEDAY-02',
    source: `${readme}#game-days`,
    behaviour: 'Its report is one HTML file with weakness, evidence and owner that runs and loads nothing.',
  },
  {
    id: 'READY-GAMEDAY-03',
    source: `${readme}#game-days`,
    behaviour:
      'A game day finds what is planted at what it touches, nothing on the mended twin, and ends at once when aborted.',
  },
  {
    id: 'READY-GAMEDAY-04',
    source: 'https://chaostoolkit.org/reference/api/experiment/',
    behaviour:
      'An experiment of Chaos Toolkit is read as a game day; what is not played of it is listed with advice, and nothing in it is run.',
  },
  {
    id: 'READY-GAMEDAY-05',
    source: 'https://chaostoolkit.org/reference/api/experiment/; https://chaos-mesh.org/docs/',
    behaviour:
      'Actions on pods, meshes, containers, services and links of an experiment become faults where something comes to the same here; where nobody knows what is meant, the user says it, and until then nothing is touched.',
  },
  {
    id: 'READY-REVIEW-01',
    source: `${readme}#review; https://docs.aws.amazon.com/wellarchitected/latest/userguide/lenses-format-specification.html`,
    behaviour:
      'Custom lenses of AWS are read with their rules, by a parser of its own; what is none is refused with its place.',
  },
  {
    id: 'READY-REVIEW-02',
    source: `${readme}#review`,
    behaviour: 'Each check is settled by what a machine sees, else by a person, else it stays open.',
  },
  { id: 'READY-REVIEW-03', source: `${readme}#review`, behaviour: 'A waiver ends on its day.' },
  {
    id: 'READY-REVIEW-04',
    source: `${readme}#review`,
    behaviour: 'A review passes where no high risk is left, and is told as SARIF and JUnit.',
  },
]
