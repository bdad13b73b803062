import type { SpecFormat } from './document.ts'

/** A requirement before it has a format. */
export interface RequirementDraft {
  title: string
  /** The sentence in EARS form. */
  statement: string
  /** Further sentences, each by itself testable. */
  criteria: string[]
  scenarios: { name: string; given: string[]; when: string; expected: string[] }[]
}

export interface SpecDraft {
  /** `kebab-case`; the folder. */
  feature: string
  title: string
  /** A sentence or two: what it is for. */
  purpose: string
  requirements: RequirementDraft[]
  questions: string[]
}

/** The text of a new file: Kiro's `requirements.md`, OpenSpec's `spec.md`, spec-kit's `spec.md`. */
export function writeSpec(draft: SpecDraft, format: SpecFormat): string {
  const blocks = draft.requirements.map((one, at) => writeRequirement(one, format, at + 1))
  if (format === 'kiro')
    return joined([
      '# Requirements Document',
      `## Introduction\n\n${draft.purpose}`,
      '## Requirements',
      ...blocks,
      ...questions(draft, '## Open Questions'),
    ])
  if (format === 'openspec')
    return joined([
      `# ${draft.title} Specification`,
      `## Purpose\n\n${draft.purpose}`,
      '## Requirements',
      ...blocks,
      ...questions(draft, '## Open Questions'),
    ])
  const stories = draft.requirements.map((one, at) => writeStory(one, at + 1))
  return joined([
    `# Feature Specification: ${draft.title}`,
    draft.purpose,
    '## User Scenarios & Testing',
    ...stories,
    '## Requirements',
    '### Functional Requirements',
    blocks.join('\n'),
    ...draft.questions.map((question) => `- [NEEDS CLARIFICATION: ${question}]`),
  ])
}

/** The block of one requirement as its format has it, `number` from 1. */
export function writeRequirement(draft: RequirementDraft, format: SpecFormat, number: number): string {
  const { title, statement, criteria, scenarios } = draft
  if (format === 'kiro')
    return [
      `### Requirement ${number}: ${title}`,
      '',
      '#### Acceptance Criteria',
      '',
      ...[statement, ...criteria].map((text, at) => `${at + 1}. ${text}`),
    ].join('\n')
  if (format === 'spec-kit')
    return [statement, ...criteria]
      .map((text, at) => `- **FR-${String(number).padStart(3, '0')}${at === 0 ? '' : letter(at)}**: ${text}`)
      .join('\n')
  return [
    `### Requirement: ${title}`,
    '',
    statement,
    ...criteria.map((text) => `\n${text}`),
    ...scenarios.flatMap((one) => ['', writeScenario(one)]),
  ].join('\n')
}

/** The user story that spec-kit has of a requirement, `number` from 1. */
export function writeStory({ title, statement, scenarios }: RequirementDraft, number: number): string {
  const tried = scenarios.map((one, at) => `${at + 1}. ${writeInlineScenario(one)}`)
  return joined([
    `### User Story ${number} - ${title} (Priority: P${Math.min(3, number)})`,
    statement,
    tried.length > 0 ? `**Acceptance Scenarios**:\n\n${tried.join('\n')}` : '',
  ]).trimEnd()
}

/** A scenario as OpenSpec has it, with its heading. */
export function writeScenario({
  name,
  given,
  when,
  expected,
}: RequirementDraft['scenarios'][number]): string {
  return [
    `#### Scenario: ${name}`,
    '',
    ...given.map((text) => `- **GIVEN** ${text}`),
    `- **WHEN** ${when}`,
    ...expected.map((text, at) => `- **${at === 0 ? 'THEN' : 'AND'}** ${text}`),
  ].join('\n')
}

/** A scenario as spec-kit has it, in one sentence. */
export function writeInlineScenario({
  given,
  when,
  expected,
}: RequirementDraft['scenarios'][number]): string {
  const setting = given.length > 0 ? `**Given** ${given.join(' and ')}, ` : ''
  return `${setting}**When** ${when}, **Then** ${expected.join(' and ')}`
}

/** `a` to `z`, then `z.1`, `z.2`. */
const letter = (at: number) => `${String.fromCharCode(96 + Math.min(at, 26))}${at > 26 ? `.${at - 26}` : ''}`

const questions = (draft: SpecDraft, heading: string) =>
  draft.questions.length > 0 ? [`${heading}\n\n${draft.questions.map((one) => `- ${one}`).join('\n')}`] : []

const joined = (parts: string[]) => `${parts.filter((part) => part !== '').join('\n\n')}\n`
