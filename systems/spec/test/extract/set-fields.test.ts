import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

const goMod = `module example.org/berths

go 1.22

require github.com/go-chi/chi v3.3.3+incompatible
`
const goMain = `package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/go-chi/chi"
)

type Berth struct {
	ID   int64  \`json:"id"\`
	Name string \`json:"name"\`
	Note string \`json:"note"\`
}

var errNoName = errors.New("a berth has a name")
var errNoNote = errors.New("a berth has a note")

func (b *Berth) Validate() error {
	switch {
	case len(b.Name) == 0:
		return errNoName
	case len(b.Note) == 0:
		return errNoNote
	}
	return nil
}

type store struct{ db *sql.DB }

func (s *store) FindName(name string) (*Berth, error) {
	out := &Berth{Name: name}
	err := s.db.QueryRow("SELECT id, name, note FROM berths WHERE name = ?", name).Scan(&out.ID, &out.Name, &out.Note)
	return out, err
}

func (s *store) Update(b *Berth) error {
	_, err := s.db.Exec("UPDATE berths SET note = ? WHERE id = ?", b.Note, b.ID)
	return err
}

type change struct {
	Note *string \`json:"note"\`
}

func handleUpdate(s *store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := chi.URLParam(r, "name")
		in := new(change)
		if err := json.NewDecoder(r.Body).Decode(in); err != nil {
			http.Error(w, "no JSON", 400)
			return
		}
		b, err := s.FindName(name)
		if err != nil {
			http.Error(w, "no such berth", 404)
			return
		}
		if in.Note != nil {
			b.Note = *in.Note
		}
		if err := b.Validate(); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		if err := s.Update(b); err != nil {
			http.Error(w, "not kept", 500)
			return
		}
		json.NewEncoder(w).Encode(b)
	}
}

func main() {
	db, _ := sql.Open("sqlite3", "berths.db")
	s := &store{db}
	r := chi.NewRouter()
	r.Patch("/berths/{name}", handleUpdate(s))
	http.ListenAndServe(":8080", r)
}
`
const pyMain = `from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import Column, Integer, String, create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()
Session = sessionmaker(create_engine("sqlite://"))


class Berth(Base):
    __tablename__ = "berths"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    note = Column(String)


class Change(BaseModel):
    note: str | None = None


app = FastAPI()


@app.patch("/berths/{name}")
def change(name: str, body: Change):
    session = Session()
    berth = session.query(Berth).filter_by(name=name).first()
    if berth is None:
        raise HTTPException(404, "no such berth")
    if body.note is not None:
        berth.note = body.note
    if not name:
        raise HTTPException(400, "a berth has a name")
    if not berth.note:
        raise HTTPException(400, "a berth has a note")
    session.commit()
    return {"note": berth.note}
`

test('of a field that code outside puts into a struct of Go, and that a branch may set to what the body has, each is asked when it is that one [SPEC-EXTRACT-10]', async () => {
  const said = await saidErrors({ 'go.mod': goMod, 'main.go': goMain })
  const told = said.find((one) => one.includes('answer 400') && one.includes('Berth.Note'))
  expect(told).toContain('the body’s field note is missing and `Berth.Note` is empty')
  expect(told).toContain('the body’s field note is there and the body’s field note is empty')
  // What the row says, not what it was looked for by.
  expect(told).toContain('`Berth.Name` is empty')
  expect(said.join('\n')).not.toContain('the path parameter name is empty')
})

test('what a handler of Python sets on a row that it found is there from then on [SPEC-EXTRACT-10]', async () => {
  const said = await saidErrors({ 'requirements.txt': 'fastapi\nsqlalchemy\n', 'main.py': pyMain })
  const told = said.find((one) => one.includes('a berth has a note'))
  expect(told).toContain('the body’s field note is missing')
})
