/* What Windows 7 and later have in bcryptprimitives.dll and Wine 8 has not: random bytes. Made when tests run under Wine. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID data, ULONG size);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    return SystemFunction036(data, (ULONG)size);
}
