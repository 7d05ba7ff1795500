"""Jobs that survive their worker: the django-tasks queue in the database, plus a lease with a heartbeat.

The queue alone leaves the task of a killed worker RUNNING for ever. Here a running task is leased; the worker renews
the lease while it works; an expired lease sends the task back to the queue, up to a number of attempts. So every task
may run twice and must be idempotent. Enqueue inside the transaction of the deed; arguments are JSON.
"""
