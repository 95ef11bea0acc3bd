"""The economy: from a unit's ledger to path, deviation, bridge, forecast, compliance and production.

May import what `analysis` may. Amounts are whole kronor, plus is better in every deviation.
"""
