"""Where a request comes from, as far as limits are concerned."""

from ipaddress import IPv6Address, ip_address


def network(address: str) -> str:
    """An IPv4 address; of an IPv6 address the half that names the network, since one home has all of the other."""
    try:
        found = ip_address(address)
    except ValueError:  # a socket file has none
        return address
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else found.exploded[:19]
    return str(found)
