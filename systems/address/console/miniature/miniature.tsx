import { Bar, Empty } from '@heavylift/ui'
import type { MiniatureProps } from '@heavylift/ui'
import type { Kind } from '../../src/domain/kinds.ts'
import { kindTitle } from '../kind-names.ts'

type Counts = { kind: Kind; asked: number; decided: number }[]

const isCounts = (picture: unknown): picture is Counts => Array.isArray(picture)

/** The kinds that most addresses are, as bars. */
export default function AddressMiniature({ picture }: MiniatureProps) {
  if (!isCounts(picture) || picture.length === 0)
    return picture === undefined ? null : <Empty title="No addresses yet" />
  const most = Math.max(...picture.map(({ asked, decided }) => asked + decided))
  return (
    <div className="hl-stack" style={{ gap: 5, padding: '12px 16px' }}>
      {picture.slice(0, 4).map(({ kind, asked, decided }) => (
        <div
          key={kind}
          style={{
            display: 'grid',
            gridTemplateColumns: 'minmax(0, 150px) 1fr 32px',
            gap: 10,
            alignItems: 'center',
          }}
        >
          <span className="hl-fine">{kindTitle(kind)}</span>
          <Bar
            share={(asked + decided) / most}
            label={`${kindTitle(kind)}: ${asked + decided} addresses`}
            tone="accent"
          />
          <span className="hl-number">{asked + decided}</span>
        </div>
      ))}
    </div>
  )
}
