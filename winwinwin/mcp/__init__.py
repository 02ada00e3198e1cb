"""A server for agents that read conversations, by the Model Context Protocol (MCP).

It judges what an agent has read. It calls no model, reads no file and opens no connection.
"""
