// What comes from outside, checked at the edge. A new export here becomes public API; named exports, not wildcards.
export { issueText } from './issue-text.ts'
export { parseInput } from './parse-input.ts'
export type { InputIssue } from './parse-input.ts'
export { latestTimeMs, timeMsInput } from './times.ts'
export { findUnacceptable } from './unacceptable.ts'
export type { Unacceptable } from './unacceptable.ts'
