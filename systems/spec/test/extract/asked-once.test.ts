import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function errorsOf(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? ''))
}

test('what a property of the program gives is asked as that on both sides of `or` [SPEC-EXTRACT-06]', async () => {
  const errors = await errorsOf({
    'requirements.txt': 'fastapi\n',
    'app.py': `from fastapi import FastAPI, HTTPException, Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Mapped, DeclarativeBase, Session

class Base(DeclarativeBase):
    pass

class Sailor(Base):
    rank: Mapped[str]

    @property
    def is_captain(self):
        return self.rank == "captain"

    @property
    def is_mate(self):
        return self.rank == "mate"

class Policy:
    @classmethod
    def sink(cls, boat):
        async def is_allowed(actor: Sailor) -> bool:
            return actor.is_captain or (actor.is_mate and await on_board(actor, boat))
        return is_allowed

async def on_board(actor, boat) -> bool:
    return get_db().scalar(select(Crew).filter_by(sailor=actor.id, boat=boat)) is not None

async def authorize(actor: Sailor, policy) -> None:
    if not await policy(actor):
        raise HTTPException(403)

def get_db() -> Session: ...

async def current(request: Request, db: Session = Depends(get_db)) -> Sailor:
    sailor = db.scalar(select(Sailor).filter_by(key=request.headers.get("x-key")))
    if not sailor:
        raise HTTPException(401)
    return sailor

app = FastAPI()

@app.delete("/boats/{boat}")
async def sink(boat: str, sailor: Sailor = Depends(current)):
    await authorize(sailor, Policy.sink(boat))
    return {}
`,
  })
  expect(errors.filter((one) => one.includes('403'))).toEqual([
    'IF, for DELETE /boats/{boat}, `get_db().scalar(select(Crew).filter_by(sailor.id, path.boat))` is missing, or `self.rank` is not "mate", and in each case `self.rank` is not "captain", THEN the service SHALL answer 403.',
  ])
})

test('an error that the caller answered first is none beside what came with it, whatever it is called by [SPEC-EXTRACT-06]', async () => {
  const errors = await errorsOf({
    'go.mod': 'module sea/harbour\n\ngo 1.21\n\nrequire github.com/jinzhu/gorm v1.9.16\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/gorilla/mux"
	"github.com/jinzhu/gorm"
)

var db *gorm.DB

type Sailor struct{ RankID int64 }
type Rank struct{ ID int64 }
type Right struct{ ID int64 }

func (s *Sailor) May(slug string) (bool, error) {
	rights := []Right{}
	err := db.Model(Rank{ID: s.RankID}).Where("slug=?", slug).Association("Rights").Find(&rights).Error
	if err != nil {
		return false, err
	}
	if len(rights) == 0 {
		return false, nil
	}
	return true, nil
}

func Sink(w http.ResponseWriter, r *http.Request) {
	s := Sailor{}
	may, err := s.May("sink")
	if err != nil {
		http.Error(w, "broken", 500)
		return
	}
	if !may {
		http.Error(w, "no", 403)
		return
	}
	w.WriteHeader(204)
}

func main() {
	router := mux.NewRouter()
	router.HandleFunc("/boats/{id}", Sink).Methods("DELETE")
	http.ListenAndServe(":80", router)
}
`,
  })
  expect(errors).toEqual([
    'IF, for DELETE /boats/{id}, `Find(…).Error` is there, THEN the service SHALL answer 500 with string and say "broken".',
    'IF, for DELETE /boats/{id}, `Find(…).Error` is missing and `rights` is empty (in `Sailor.May`), THEN the service SHALL answer 403 with string and say "no".',
  ])
})

test('a variable of a package that is one of several fails as one, and the caller is told of none that came with an error [SPEC-EXTRACT-06]', async () => {
  const errors = await errorsOf({
    'go.mod': 'module sea/harbour\n\ngo 1.21\n\nrequire github.com/jinzhu/gorm v1.9.16\n',
    'crew/crew.go': `package crew

import "github.com/jinzhu/gorm"

var db *gorm.DB

type Sailor struct{ RankID int64 }
type Rank struct{ ID int64 }
type Right struct{ ID int64 }

func Open() error {
	var err error
	for i := 0; ; i++ {
		db, err = gorm.Open("sqlite3", "sea.db")
		if err == nil || i > 9 {
			break
		}
	}
	return err
}

func (s *Sailor) May(slug string) (bool, error) {
	rights := []Right{}
	err := db.Model(Rank{ID: s.RankID}).Where("slug=?", slug).Association("Rights").Find(&rights).Error
	if err != nil {
		return false, err
	}
	if len(rights) == 0 {
		return false, nil
	}
	return true, nil
}

`,
    'main.go': `package main

import (
	"net/http"

	"github.com/gorilla/mux"
	"sea/harbour/crew"
)

func Sink(w http.ResponseWriter, r *http.Request) {
	s := crew.Sailor{}
	may, err := s.May("sink")
	if err != nil {
		http.Error(w, "broken", 500)
		return
	}
	if !may {
		http.Error(w, "no", 403)
		return
	}
	w.WriteHeader(204)
}

func main() {
	if err := crew.Open(); err != nil {
		panic(err)
	}
	router := mux.NewRouter()
	router.HandleFunc("/boats/{id}", Sink).Methods("DELETE")
	http.ListenAndServe(":80", router)
}
`,
  })
  expect(errors).toEqual([
    'IF, for DELETE /boats/{id}, `May("sink")` fails, THEN the service SHALL answer 500 with string and say "broken".',
    'IF, for DELETE /boats/{id}, `rights` is empty (in `Sailor.May`), THEN the service SHALL answer 403 with string and say "no".',
  ])
})

test('what is asked for being an error is one by what it is, not by being there [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module sea/harbour\n\ngo 1.21\n\nrequire github.com/jinzhu/gorm v1.9.16\n',
    'main.go': `package main

import (
	"encoding/json"
	"net/http"

	"github.com/gorilla/mux"
	"github.com/jinzhu/gorm"
)

var db *gorm.DB

type Boat struct {
	Name string
}

func boat(r *http.Request) interface{} {
	found := Boat{}
	err := db.Where("id=?", mux.Vars(r)["id"]).First(&found).Error
	if err != nil {
		return err
	}
	return found
}

func plain(give func(r *http.Request) interface{}) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		data := give(r)
		err, ok := data.(error)
		if ok {
			http.Error(w, err.Error(), 422)
			return
		}
		json.NewEncoder(w).Encode(data)
	}
}

func main() {
	router := mux.NewRouter()
	router.HandleFunc("/boats/{id}", plain(boat)).Methods("GET")
	http.ListenAndServe(":80", router)
}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = [...factsOf(set.facts, 'error'), ...factsOf(set.facts, 'response')].map((one) =>
    sayFact(one, titles.get(one.operation) ?? ''),
  )
  expect(said).toEqual([
    'IF, for GET /boats/{id}, `db.Where("id=?", path.id).First(Boat).Error` is there, THEN the service SHALL answer 422.',
    'WHEN a client sends GET /boats/{id} and `db.Where("id=?", path.id).First(Boat).Error` is missing, the service SHALL answer 200.',
  ])
})
