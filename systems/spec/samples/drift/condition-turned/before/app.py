from flask import Flask, abort, jsonify, request

import loans

app = Flask(__name__)


@app.route('/loans')
def all_loans():
    return jsonify(loans.all()), 200


@app.route('/loans', methods=['POST'])
def lend():
    copy = loans.copy(request.json['copy'])
    if copy.is_lent:
        abort(409)
    return jsonify(loans.lend(copy)), 201


@app.route('/loans/<id>')
def one_loan(id):
    loan = loans.find(id)
    if loan is None:
        abort(404)
    return jsonify(loan), 200
