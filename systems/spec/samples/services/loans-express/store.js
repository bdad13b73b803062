const loans = new Map()

export const allLoans = (member) => [...loans.values()].filter((loan) => !member || loan.member === member)
export const findLoan = (id) => loans.get(id)
export const removeLoan = (id) => loans.delete(id)
export function saveLoan(loan) {
  const id = String(loans.size + 1)
  loans.set(id, { id, ...loan })
  return loans.get(id)
}
