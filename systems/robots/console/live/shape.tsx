import { stateTokens } from './floor-view.ts'

const shapes = [
  <circle key="idle" cx="8" cy="8" r="5" fill="none" strokeWidth="3" />,
  <path key="fetching" d="M2 2 15 8 2 14Z" strokeWidth="0" fill="currentColor" />,
  <path key="carrying" d="M1 2h10l4 6-4 6H1Z" strokeWidth="0" fill="currentColor" />,
  <path key="to charger" d="M8 1 15 8 8 15 1 8Z" strokeWidth="0" fill="currentColor" />,
  <path key="charging" d="M8 2 14 8 8 14 2 8Z" fill="none" strokeWidth="2.5" />,
  <path key="failed" d="M2 2 14 14M14 2 2 14" strokeWidth="3.5" fill="none" />,
  <path key="held" d="M2 4.5h12M2 11.5h12" strokeWidth="3.5" fill="none" />,
  <path
    key="stuck"
    d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1ZM7 4h2v8H7Z"
    strokeWidth="0"
    fill="currentColor"
    fillRule="evenodd"
  />,
]

/** The mark of a robot's state as the floor shows it. */
export function StateShape({ state }: { state: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="12"
      height="12"
      aria-hidden="true"
      stroke="currentColor"
      style={{ color: `var(--hl-${stateTokens[state]})`, flex: 'none' }}
    >
      {shapes[state]}
    </svg>
  )
}
