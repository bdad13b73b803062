import { Chip, Empty } from '@heavylift/ui'

export interface FindingRow {
  kind: string
  at: string
  evidence: string
}

/** What a game day found: weakness, where, evidence, owner. */
export function Findings({
  findings,
  owner,
  state,
  holds,
}: {
  findings: readonly FindingRow[]
  owner: string
  /** Of the game day. */
  state: string
  holds: boolean | null
}) {
  if (findings.length === 0) {
    if (state === 'preparing' || state === 'running')
      return <Empty title="Not known yet">What is found is told when the search is over.</Empty>
    if (state !== 'done')
      return <Empty title="Not known">It ended before its search for weaknesses was over.</Empty>
    return holds === false ? (
      <Empty title="No weakness found">But an objective was not kept: the phases say in which of them.</Empty>
    ) : (
      <Empty title="Nothing broke">No weakness showed in what was tried.</Empty>
    )
  }
  return (
    <ul className="hl-stack" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
      {findings.map((one) => (
        <li key={`${one.kind} ${one.at}`}>
          <Chip tone="bad">{one.kind.replaceAll('-', ' ')}</Chip> <strong>{one.at}</strong>{' '}
          <span className="hl-note">owner: {owner}</span>
          <div>{one.evidence}</div>
        </li>
      ))}
    </ul>
  )
}
