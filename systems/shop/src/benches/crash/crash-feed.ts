/** Products of the first generation; each later one has five more. */
const firstProducts = 1500
const badRows = 7

/** How many products the catalog holds once generation `generation` is live. */
export function productsOf(generation: number): number {
  return firstProducts + generation * 5
}

/** A feed in which every product costs `generation` units, so that a mixture of two shows at once. */
export function crashFeed(generation: number): string {
  const rows = ['id,title,price,brand,category']
  for (let index = 0; index < productsOf(generation); index++) {
    rows.push(
      `item-${index},Item number ${index},${generation}.00,Brand ${index % 9},Things > Kind ${index % 20}`,
    )
  }
  for (let index = 0; index < badRows; index++) rows.push(`bad-${index},Bad ${index},-1,B,C`)
  return rows.join('\n')
}

export const expectedRejects = badRows
