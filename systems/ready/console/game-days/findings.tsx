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
  isOver,
}: {
  findings: readonly FindingRow[]
  owner: string
  isOver: boolean
}) {
  if (findings.length === 0)
    return isOver ? (
      <Empty title="Nothing broke">No weakness showed in what was tried.</Empty>
    ) : (
      <Empty title="Not known yet">What is found is told when the search is over.</Empty>
    )
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
