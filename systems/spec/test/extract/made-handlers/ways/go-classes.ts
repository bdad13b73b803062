import { refused } from './go-refused.ts'
import type { Ways } from '../steps.ts'

/** Classes, what they are made with, and what stands above them. */
export const goClasses: Ways = {
  help: `
type Store interface {
	Find(x string) (*Barn, error)
}

type Barn struct {
	ID string
}

type memoryStore struct {
	key string
}

func (s *memoryStore) Find(x string) (*Barn, error) {
	if x != s.key {
		return nil, errNone
	}
	return &Barn{ID: x}, nil
}

type Barns struct {
	store Store
}

func NewBarns(store Store) *Barns {
	return &Barns{store: store}
}

func (b *Barns) Get(x string, missing int, unknown int) (*Barn, error) {
	if x == "" {
		return nil, &Refused{Status: missing}
	}
	barn, err := b.store.Find(x)
	if err != nil {
		return nil, NewRefused(unknown)
	}
	return barn, nil
}

func (b *Barns) faultOf(x, z, y string, first, second int) int {
	if x == y {
		return first
	}
	if z == y {
		return second
	}
	return 0
}

type Rules struct {
	wrong  string
	status int
}

func RulesOf(wrong string, status int) Rules {
	return Rules{wrong: wrong, status: status}
}

func (r Rules) Refuses(x string) bool {
	return x == r.wrong
}

func (r Rules) Check(x string) error {
	if r.Refuses(x) {
		return &Refused{Status: r.status}
	}
	return nil
}

type Check interface {
	isWrong(x string, z string) bool
}

type bothCheck struct {
	Rules
}

func (c bothCheck) isWrong(x string, z string) bool {
	return z != "" && c.Refuses(x)
}

func runCheck(check Check, x string, z string, status int) error {
	if check.isWrong(x, z) {
		return NewRefused(status)
	}
	return nil
}
`,
  steps: {
    is: [
      ({ x, y, status }) => refused(`RulesOf(${y}, ${status}).Check(${x})`),
      ({ x, y, status, answer }) => `if RulesOf(${y}, 500).Refuses(${x}) {\n  ${answer(String(status))}}\n`,
    ],
    both: [
      ({ x, z, y, status }) => refused(`runCheck(bothCheck{RulesOf(${y}, 500)}, ${x}, ${z}, ${status})`),
    ],
    needed: [
      ({ x, y, status, second, name }) =>
        `${name}, err := NewBarns(&memoryStore{key: ${y}}).Get(${x}, ${status}, ${second})\nif err != nil {\n  writeError(g, err)\n  return\n}\n_ = ${name}.ID\n`,
    ],
    first: [
      ({ x, z, y, status, second, name, answer }) =>
        `if ${name} := NewBarns(nil).faultOf(${x}, ${z}, ${y}, ${status}, ${second}); ${name} != 0 {\n  ${answer(name)}}\n`,
    ],
  },
  tests: [(x, y) => `RulesOf(${y}, 500).Refuses(${x})`],
}
