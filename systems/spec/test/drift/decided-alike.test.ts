import { beforeAll, expect, test } from 'vitest'
import { codeChanges } from '../../src/drift/code-changes.ts'
import { readSource } from '../../src/extract/read-repository.ts'
import { loadGrammars } from '../../src/parse/syntax-tree.ts'

beforeAll(loadGrammars)

type Texts = Record<string, [was: string | null, is: string | null]>

async function changes(files: Texts) {
  const read = (path: string, text: string | null) =>
    text === null ? Promise.resolve(null) : readSource(path, () => Promise.resolve(text))
  return codeChanges(
    await Promise.all(
      Object.entries(files).map(async ([path, [was, is]]) => ({
        was: await read(path, was),
        is: await read(path, is),
      })),
    ),
  )
}

const script = (body: string) =>
  `export function moor(boat, berth, tide) {\n${body}\n  return berth.hold(boat)\n}\n`
const check = (asked: string) => `  if (${asked}) throw new DockError('no berth')`
const go = (body: string) => `package dock\n\nfunc Moor(boat *Boat, berth Berth) error {\n${body}\n}\n`
const full = `	if boat.Length > berth.Length {
		return ErrFull
	}
	if err := berth.Hold(boat); err != nil {
		return err
	}
	return nil`

test.each<[string, Texts]>([
  [
    'what is asked only of what is there',
    {
      'dock.js': [
        script(check('!boat.crew || !boat.crew[berth.key]')),
        script(check('!boat.crew?.[berth.key]')),
      ],
    },
  ],
  [
    'a part that is not another one',
    {
      'dock.js': [
        script(check(`!boat.flag || boat.flag.code !== 'NL'`)),
        script(check(`boat.flag?.code !== 'NL'`)),
      ],
    },
  ],
  [
    'a question that gets a name',
    {
      'dock.js': [
        script(check('!boat.crew || boat.draught >= tide.depth')),
        script(`  const fits = Boolean(boat.crew) && boat.draught < tide.depth\n${check('!fits')}`),
      ],
    },
  ],
  [
    'bounds asked from the other side',
    {
      'dock.py': [
        'def moor(boat, low, high):\n    if boat.draught < low or boat.draught > high:\n        raise DockError("depth")\n    return boat\n',
        'def moor(boat, low, high):\n    if not (boat.draught >= low and boat.draught <= high):\n        raise DockError("depth")\n    return boat\n',
      ],
    },
  ],
  [
    'a case and its other side',
    {
      'dock.go': [
        go(full),
        go(`	if boat.Length <= berth.Length {
		if err := berth.Hold(boat); err != nil {
			return err
		}
		return nil
	} else {
		return ErrFull
	}`),
      ],
    },
  ],
  [
    'a function that is taken out with what it comes back with',
    {
      'dock.go': [
        go(`	found, err := berth.Find(boat.ID)
	if err != nil {
		return
	}
	if !found {
		return NewDockError("berth", "id", 404)
	}
	berth.Hold(boat)
	return nil`),
        `package dock

func lookUp(boat *Boat, berth Berth) error {
	found, err := berth.Find(boat.ID)
	if err != nil {
		return err
	}
	if !found {
		return NewDockError("berth", "id", 404)
	}
	return nil
}

func Moor(boat *Boat, berth Berth) error {
	if err := lookUp(boat, berth); err != nil {
		return err
	}
	berth.Hold(boat)
	return nil
}
`,
      ],
    },
  ],
])('takes %s for the same [SPEC-DRIFT-07]', async (_, files) => {
  expect(await changes(files)).toEqual([])
})

test.each<[string, Texts]>([
  [
    'a negation that was lost by it',
    {
      'dock.js': [
        script(check('!boat.crew || !boat.crew[berth.key]')),
        script(check('boat.crew?.[berth.key]')),
      ],
    },
  ],
  [
    'a junction that was not turned round',
    {
      'dock.js': [
        script(check('!boat.crew || isLate(boat) || boat.draught >= tide.depth')),
        script(`  const fits = boat.crew || !isLate(boat) || boat.draught < tide.depth\n${check('!fits')}`),
      ],
    },
  ],
  [
    'bounds put together otherwise',
    {
      'dock.py': [
        'def moor(boat, low, high):\n    if boat.draught < low or boat.draught > high:\n        raise DockError("depth")\n    return boat\n',
        'def moor(boat, low, high):\n    if not (boat.draught >= low or boat.draught <= high):\n        raise DockError("depth")\n    return boat\n',
      ],
    },
  ],
  [
    'two checks that are one by the other junction',
    {
      'dock.py': [
        'def moor(boat, berth):\n    if boat.late and berth.shut:\n        raise DockError("no")\n    if not berth.free:\n        raise DockError("no")\n    return boat\n',
        'def moor(boat, berth):\n    if (boat.late and berth.shut) and not berth.free:\n        raise DockError("no")\n    return boat\n',
      ],
    },
  ],
  [
    'a case with the branches of the other side',
    {
      'dock.go': [
        go(full),
        go(`	if boat.Length > berth.Length {
		if err := berth.Hold(boat); err != nil {
			return err
		}
		return nil
	} else {
		return ErrFull
	}`),
      ],
    },
  ],
  [
    'another status in a function that was taken out',
    {
      'dock.go': [
        go(`	found, err := berth.Find(boat.ID)
	if err != nil || !found {
		return dock.NewAnswer(http.StatusNotFound, "berth", boat.ID)
	}
	return berth.Hold(boat)`),
        `package dock

func lookUp(boat *Boat, berth Berth) error {
	found, err := berth.Find(boat.ID)
	if err != nil || !found {
		return dock.NewAnswer(http.StatusBadRequest, "berth", boat.ID)
	}
	return nil
}

func Moor(boat *Boat, berth Berth) error {
	if err := lookUp(boat, berth); err != nil {
		return err
	}
	return berth.Hold(boat)
}
`,
      ],
    },
  ],
  [
    'a check turned round in a method that was taken out',
    {
      'Dock.java': [
        `class Dock {
  Boat moor(Boat boat, Berth berth) {
    if (boat.getOwner().equals(berth.getOwner())) {
      throw new DockException(boat);
    }
    return berth.hold(boat);
  }
}
`,
        `class Dock {
  Boat moor(Boat boat, Berth berth) {
    assertOther(boat, berth);
    return berth.hold(boat);
  }

  private void assertOther(Boat boat, Berth berth) {
    if (!boat.getOwner().equals(berth.getOwner())) {
      throw new DockException(boat);
    }
  }
}
`,
      ],
    },
  ],
  [
    'a literal in a function that has another name now',
    {
      'dock.js': [
        `export const list = (query) => berths.page(Number(query.limit) || 10)\n`,
        `export const berthsOf = (query) => berths.page(Number(query.limit) || 5)\n`,
      ],
    },
  ],
  [
    'a choice less in a list that was moved',
    {
      'dock.js': [
        `export function moor(boat, berth) {\n  const kinds = ['sail', 'motor', 'row']\n  if (!kinds.includes(boat.kind)) throw new DockError('kind')\n  return berth\n}\n`,
        `const kinds = ['sail', 'row']\nexport function moor(boat, berth) {\n  if (!kinds.includes(boat.kind)) throw new DockError('kind')\n  return berth\n}\n`,
      ],
    },
  ],
  [
    'another permission that a call is given',
    {
      'dock.go': [
        `package dock\n\nfunc routes(r Router) {\n	r.Handle("/berths", auth.Require(berthsRead, list))\n	r.Handle("/boats", auth.Require(boatsRead, boats))\n}\n`,
        `package dock\n\nfunc routes(r Router) {\n	r.Handle("/berths", auth.Require(boatsRead, list))\n	r.Handle("/boats", auth.Require(boatsRead, boats))\n}\n`,
      ],
    },
  ],
  [
    'those that are let through by a function that was moved',
    {
      'dock.py': [
        'def open_berths(berths):\n    return [one for one in berths if not (one.is_shut and one.kind == KEPT)]\n',
        'from open_ones import open_ones\n',
      ],
      'open_ones.py': [
        null,
        'def open_ones(berths):\n    return [one for one in berths if one.is_shut and one.kind == KEPT]\n',
      ],
    },
  ],
  [
    'those that a call lets through in a function that was taken out',
    {
      'dock.js': [
        `export function moor(boat, dock) {\n  const free = dock.berths.filter((one) => one.boat !== boat.id)\n  return dock.hold(free)\n}\n`,
        `const freeOf = (boat, dock) => dock.berths.filter((one) => one.boat === boat.id)\nexport function moor(boat, dock) {\n  return dock.hold(freeOf(boat, dock))\n}\n`,
      ],
    },
  ],
  [
    'a function within another that does something else',
    {
      'dock.py': [
        `def routes(router, berths):
    @router.get("/berths")
    def listed(most: int = 8):
        if most > 9:
            raise DockError(400)
        return berths.first(most)
    return router
`,
        `def routes(router, berths):
    @router.get("/berths")
    def listed(most: int = 8):
        if most > 9:
            raise DockError(404)
        return berths.first(most)
    return router
`,
      ],
    },
  ],
  [
    'another error that is thrown',
    {
      'Dock.java': [
        `class Dock {
  Boat moor(Boat boat, Berth berth) {
    if (berth.isShut()) {
      throw new ShutException(boat);
    }
    if (boat.isLate()) {
      throw new LateException(boat);
    }
    return berth.hold(boat);
  }
}
`,
        `class Dock {
  Boat moor(Boat boat, Berth berth) {
    if (berth.isShut()) {
      throw new ShutException(boat);
    }
    if (boat.isLate()) {
      throw new ShutException(boat);
    }
    return berth.hold(boat);
  }
}
`,
      ],
    },
  ],
  [
    'another code in a table',
    {
      'codes.go': [
        `package dock\n\nvar codes = map[string]string{\n	"full": noBerth,\n	"late": tooLate,\n}\n`,
        `package dock\n\nvar codes = map[string]string{\n	"full": tooLate,\n	"late": tooLate,\n}\n`,
      ],
    },
  ],
])('tells %s [SPEC-DRIFT-07]', async (_, files) => {
  expect(await changes(files)).toHaveLength(1)
})
